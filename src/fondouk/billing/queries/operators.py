"""Which operator bills what is provided on a site, day by day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from fondouk.billing.models import Profile
from fondouk.sites.models import SiteOperator


@dataclass(frozen=True)
class Operated:
    """From `since` on and before `before` (None: without end) the operator runs the site and bills it here."""

    operator: int
    site: int
    since: date
    before: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.before is None or day < self.before)


def operated(sites: Collection[int]) -> dict[int, list[Operated]]:
    """By site. Days before an operator began to bill here are left out: they were billed elsewhere."""
    begins = dict(Profile.objects.values_list("operator", "begins_on"))
    found: dict[int, list[Operated]] = {site: [] for site in sites}
    rows = SiteOperator.objects.filter(site__in=sites, operator__in=begins).order_by("period")
    for operator, site, period in rows.values_list("operator", "site", "period"):
        since = max(filter(None, (period.lower, begins[operator])))
        if period.upper is None or since < period.upper:
            found[site].append(Operated(operator, site, since, period.upper))
    return found
