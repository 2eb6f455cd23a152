"""Sites, the phases of their life, and the network itself."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondouk.audit.actions import a_day, a_word, record
from fondouk.lib.formats import format_list
from fondouk.people.models import Person
from fondouk.sites import verbs
from fondouk.sites.enums import Phase
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


FOLLOWS = {
    Phase.PLANNED: (Phase.OPENING,),
    Phase.OPENING: (Phase.PLANNED, Phase.CLOSED),
    Phase.OPEN: (Phase.PLANNED, Phase.OPENING, Phase.CLOSED),
    Phase.CLOSED: (Phase.OPEN,),
}
"""After which phases each may come: a site closes once it was open, an opening may be put off, a closed site may reopen."""


@transaction.atomic
def enter_phase(site: Site, *, phase: str, starts_on: date | None, by: Person | None) -> SitePhase:
    """From that day the site is in `phase`. A phase already noted for the day is replaced.

    Raises `ValidationError` where the life of the site would be told in an order that cannot be.
    """
    _hold(site)
    entered, _created = SitePhase.objects.update_or_create(
        site=site, starts_on=starts_on, defaults={"phase": phase, "precision": "day"}
    )
    _check_life(site)
    record(verbs.PHASE_ENTERED, site, by=by, phase=a_word(Phase(phase).label), on=a_day(starts_on))
    return entered


@transaction.atomic
def remove_phase(phase: SitePhase, *, by: Person | None) -> None:
    """A phase noted by mistake. Raises `ValidationError` for the only one, and where the others would not follow."""
    _hold(phase.site)
    phase.delete()
    if not phase.site.phases.exists():
        raise ValidationError(_("A site is always in some phase: note the right one first."))
    _check_life(phase.site)
    record(
        verbs.PHASE_REMOVED,
        phase.site,
        by=by,
        phase=a_word(Phase(phase.phase).label),
        on=a_day(phase.starts_on),
    )


def _hold(site: Site) -> None:
    """Two at once would each find the life of the site in order."""
    Site.objects.select_for_update().get(pk=site.pk)


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "—"


def _check_life(site: Site) -> None:
    for number, (before, after) in enumerate(pairwise(SitePhase.objects.filter(site=site))):
        never_open = number == 0 and before.phase == Phase.CLOSED
        if never_open or before.phase not in FOLLOWS[Phase(after.phase)]:
            raise ValidationError(
                _(
                    "“%(after)s” (%(day)s) cannot come after “%(before)s” (%(earlier)s), only: %(allowed)s. "
                    "Look at the dates of the phases."
                )
                % {
                    "earlier": _written(before.starts_on),
                    "allowed": format_list(
                        (phase.label for phase, earlier in FOLLOWS.items() if before.phase in earlier),
                        (get_language() or "fr")[:2],
                    ),
                    "after": Phase(after.phase).label,
                    "before": Phase(before.phase).label,
                    "day": _written(after.starts_on),
                }
            )


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
