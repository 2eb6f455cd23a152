"""The first page that a visitor reads."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fondouk.editorial.models import NewsItem
from fondouk.editorial.queries import texts
from fondouk.public import queries
from fondouk.public.web.linked import linked, of_network
from fondouk.public.web.shell import render_public, without_cookies
from fondouk.sites.models import Network

SHOWN = 6
NEWS = 3
WRITTEN = ("home-headline", "home-lead", "home-about")


@require_safe
@without_cookies
def home(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    figures = queries.network_figures(day)
    cards = queries.site_cards(day)
    sectors = queries.sector_counts(day)
    context = {
        "figures": _figures(figures),
        "cards": cards,
        "sites_lead": _sites_lead(cards),
        "sectors": sectors,
        "in_sectors": sum(row.companies for row in sectors),
        "companies": queries.newest_shown(day, SHOWN),
        "written": {key.removeprefix("home-"): text for key, text in texts(*WRITTEN).items()},
        "news": NewsItem.objects.public(timezone.now())[:NEWS],
        "today": queries.kept("hours", day, partial(_today, cards, day)),
        "is_empty": not cards and not figures,
        "linked": linked(of_network(Network.current())),
    }
    return render_public(request, "public/home.html", context, page="home")


def _figures(known: queries.NetworkFigures) -> list[dict[str, Any]]:
    """What is known, each with its definition; what is not known is not there."""
    figures: list[dict[str, Any]] = []
    if known.hosted is not None:
        figures.append(
            {
                "key": "hosted",
                "value": known.hosted,
                "label": ngettext("hosted company", "hosted companies", known.hosted),
                "term": _("Hosted companies"),
                "definition": _(
                    "Companies whose stay on at least one site covers this day. One that is hosted on two "
                    "sites counts once; partners and former residents do not count."
                ),
                "source": _("Register of residencies"),
            }
        )
    if known.people is not None:
        figures.append(
            {
                "key": "people",
                "value": known.people,
                "label": ngettext(
                    "person worked there in %(year)s", "people worked there in %(year)s", known.people
                )
                % {"year": known.year},
                "term": _("People employed"),
                "definition": _(
                    "People of the companies hosted at the end of %(year)s, as the published figures of that year say."
                )
                % {"year": known.year},
                "source": _("Yearly declarations of the companies"),
            }
        )
    if known.open_sites is not None:
        figures.append(
            {
                "key": "sites",
                "value": known.open_sites,
                "label": ngettext("open site", "open sites", known.open_sites),
                "term": _("Open sites"),
                "definition": _(
                    "Sites that receive companies on this day. Planned and closed sites do not count."
                ),
                "source": _("Register of sites"),
            }
        )
    if known.since is not None:
        figures.append(
            {
                "key": "since",
                "value": str(known.since),
                "is_year": True,
                "label": _("first site opened"),
                "term": _("First site opened"),
                "definition": _("The year in which the first of the sites opened."),
                "source": _("Register of sites"),
            }
        )
    return figures


def _sites_lead(cards: list[queries.SiteCard]) -> str:
    parts = []
    if opened := sum(card.is_open for card in cards):
        parts.append(ngettext("%(count)s open site", "%(count)s open sites", opened) % {"count": opened})
    if coming := sum(card.is_coming for card in cards):
        parts.append(ngettext("%(count)s to come", "%(count)s to come", coming) % {"count": coming})
    return " · ".join(parts)


def _today(cards: list[queries.SiteCard], day: date) -> list[dict[str, Any]]:
    """The hours of the open sites that have any; one that is closed today says so."""
    opened = [card.site for card in cards if card.is_open]
    return [{"site": site, "hours": hours} for site, hours in queries.hours_today(opened, day)]
