"""The billing of a month: begun, drafted, issued. Each step is work that can be asked again and does what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.models import BillingRun, Charge, Invoice
from fondouk.billing.queries.operators import operated
from fondouk.billing.sources import SOURCES
from fondouk.lib.periods import add_months
from fondouk.people.models import Person
from fondouk.sites.models import Site

from .drafting import draft
from .issuing import issue

Advance = Callable[[int, int], None]


@transaction.atomic
def start_run(month: date, sites: Collection[Site], *, by: Person) -> BillingRun:
    """Begin to bill a month. Raises `ValidationError` by field."""
    first = month.replace(day=1)
    if not sites:
        raise ValidationError({"sites": _("Choose a site at least.")})
    bills = operated([site.pk for site in sites])
    after = add_months(first, 1)
    mute = [site.label for site in sites if not any(one.since < after for one in bills[site.pk])]
    if mute:
        raise ValidationError(
            {
                "sites": _("Nobody bills here yet that month: %(sites)s. See how operators bill.")
                % {"sites": ", ".join(mute)}
            }
        )
    run = BillingRun.objects.create(month=first, made_by=by)
    run.sites.set(sites)
    record(verbs.RUN_STARTED, run, *sites, by=by, month=first.isoformat())
    return run


@transaction.atomic
def draft_run(
    run: BillingRun, *, by: Person | None, advance: Advance, day: date | None = None
) -> dict[str, Any]:
    """Have everybody post what there is to charge up to the end of the month, and draft what is open. Asked again, it adds
    what has come since.
    """
    locked = BillingRun.objects.select_for_update().get(pk=run.pk)
    sites = list(locked.sites.values_list("pk", flat=True))
    before = add_months(locked.month, 1)
    posted = sum(source.post(sites, locked.month, before) for source in SOURCES.values())
    waiting = Charge.objects.open().filter(site__in=sites, bill_on__lt=before)
    made = draft(
        list(waiting.values_list("pk", flat=True)),
        day=day or timezone.localdate(),
        by=by,
        run=locked,
        advance=advance,
    )
    locked.drafted_at = timezone.now()
    locked.save(update_fields=["drafted_at"])
    return {
        "run": locked.pk,
        "posted": posted,
        "drafts": len(made.invoices),
        "unrated": sorted({row.vat_code.code for row in made.unrated}),
    }


def issue_run(run: BillingRun, *, by: Person | None, on: date | None = None) -> list[Invoice]:
    """Give all drafts of the run their numbers (`issue`). Raises `NotIssuable`."""
    return issue(list(run.invoices.drafts().values_list("pk", flat=True)), by=by, on=on)
