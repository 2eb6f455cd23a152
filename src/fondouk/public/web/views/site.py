"""One site, for visitors."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fondouk.public import queries
from fondouk.public.web.linked import linked, of_site
from fondouk.public.web.shell import render_public, without_cookies
from fondouk.sites.enums import Weekday
from fondouk.sites.models import Network, Site

SHOWN = 12


@require_safe
@without_cookies
def site_page(request: HttpRequest, code: str) -> HttpResponse:
    """A closed site, or one whose life has not been noted, has no page."""
    day = timezone.localdate()
    card = queries.site_card(code, day)
    if card is None:
        raise Http404
    context = {
        **queries.kept(f"site-{code}-{get_language()}", day, partial(_known, card.site, day)),
        "card": card,
        "linked": linked(of_site(card, Network.current())),
        "weekdays": dict(Weekday.choices),
        "weekday": day.isoweekday(),
    }
    return render_public(request, "public/site.html", context, page="sites")


def _known(site: Site, day: date) -> dict[str, Any]:
    """What the records say of it, and of whom it hosts."""
    weeks = [week for week in (queries.usual_week(site), *queries.other_weeks(site, day)) if week]
    weeks.sort(key=lambda week: not week.applies(day))  # what applies today comes first
    companies = queries.public_companies(day, site=site)
    return {
        "weeks": [(week, week.applies(day)) for week in weeks],
        "spaces": queries.space_counts(site),
        "companies": queries.shown_companies(companies.by_name()[:SHOWN], day),
        "in_all": companies.count(),
    }
