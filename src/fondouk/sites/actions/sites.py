"""Sites, the phases of their life, and the network itself."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from fondouk.audit.actions import record
from fondouk.people.models import Person
from fondouk.sites import verbs
from fondouk.sites.models import Network, Site, SitePhase


@transaction.atomic
def create_site(site: Site, *, phase: str, starts_on: date | None, by: Person | None) -> Site:
    """A new site and the first phase of its life. Its code is made from the city."""
    if not site.code:
        base = slugify(site.city)[:16] or "site"
        taken = set(Site.objects.filter(code__startswith=base).values_list("code", flat=True))
        site.code = next(
            code for code in [base, *(f"{base}-{n}" for n in range(2, 1000))] if code not in taken
        )
    site.full_clean()
    site.save()
    SitePhase.objects.create(site=site, phase=phase, starts_on=starts_on)
    record(verbs.SITE_CREATED, site, by=by)
    return site


@transaction.atomic
def enter_phase(site: Site, *, phase: str, starts_on: date, by: Person | None) -> SitePhase:
    """From that day the site is in `phase`. A phase already noted for the day is replaced."""
    entered, _created = SitePhase.objects.update_or_create(
        site=site, starts_on=starts_on, defaults={"phase": phase, "precision": "day"}
    )
    record(verbs.PHASE_CHANGED, site, by=by, phase=phase, on=starts_on.isoformat())
    return entered


@transaction.atomic
def change_network(network: Network, *, by: Person | None) -> Network:
    network.full_clean()
    network.save()
    record(verbs.NETWORK_CHANGED, network, by=by)
    return network


@transaction.atomic
def change_site(site: Site, *, fields: list[str], by: Person | None) -> Site:
    """Save the `fields` already set on `site`."""
    site.full_clean()
    site.save(update_fields=fields)
    record(verbs.SITE_CHANGED, site, by=by, fields=fields)
    return site
