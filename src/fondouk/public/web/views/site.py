"""One site, for visitors."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.public import queries
from fondouk.public.web.linked import linked, of_site
from fondouk.public.web.shell import render_public, without_cookies
from fondouk.sites.enums import Weekday
from fondouk.sites.models import Network

SHOWN = 12


@require_safe
@without_cookies
def site_page(request: HttpRequest, code: str) -> HttpResponse:
    """A closed site, or one whose life has not been noted, has no page."""
    day = timezone.localdate()
    card = queries.site_card(code, day)
    if card is None:
        raise Http404
    companies = queries.public_companies(day, site=card.site)
    weeks = [week for week in (queries.usual_week(card.site), *queries.other_weeks(card.site, day)) if week]
    weeks.sort(key=lambda week: not week.applies(day))  # what applies today comes first
    context = {
        "card": card,
        "linked": linked(of_site(card, Network.current())),
        "weeks": [(week, week.applies(day)) for week in weeks],
        "weekdays": dict(Weekday.choices),
        "weekday": day.isoweekday(),
        "spaces": queries.kept(f"spaces-{code}", day, lambda: queries.space_counts(card.site)),
        "companies": queries.shown_companies(companies.by_name()[:SHOWN], day),
        "in_all": queries.kept(f"companies-{code}", day, companies.count),
    }
    return render_public(request, "public/site.html", context, page="sites")
