"""What prospects bring to menus, to Today, to the pages of sites and companies, to search and to *À traiter*."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.lib.addresses import record_address
from fondouk.prospects.models import Prospect, Tour
from fondouk.search import registry as search
from fondouk.search.queries import Terms
from fondouk.sites.models import Site
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, register

SHOWN = 5
ANSWERED_WITHIN = timedelta(days=3)
"""Of a request that nobody has taken on."""


def _coming(request: HttpRequest, site: Site | None) -> dict[str, Any] | None:
    if not request.user.has_perm("prospects.list"):
        return None
    tours = Tour.objects.visible_to(request.user).coming(timezone.now())
    if site is not None:
        tours = tours.filter(site=site)
    shown = list(tours.select_related("prospect", "site")[:SHOWN])
    return {"tours": shown} if shown else None


register(
    MenuEntry(
        shell="staff",
        group="network",
        label=gettext_lazy("Prospects"),
        route="prospects",
        icon="user-plus",
        order=5,
        permission="prospects.list",
    ),
    Panel(place="console.today:side", template="prospects/panels/tours.html", context=_coming, order=5),
    Panel(place="sites.site:side", template="prospects/panels/tours.html", context=_coming, order=30),
)


def _site_of(rows: Any, site: int | None) -> Any:
    """What belongs to no site always counts."""
    return rows if site is None else rows.filter(Q(site=site) | Q(site=None))


def unfollowed(account: Any, site: int | None) -> Any:
    rows = Prospect.objects.visible_to(account).open().filter(steward=None)
    return _site_of(rows, site).select_related("site").order_by("asked_at", "pk")


def to_speak_to(account: Any, site: int | None) -> Any:
    rows = Prospect.objects.visible_to(account).to_speak_to(timezone.localdate())
    return _site_of(rows, site).select_related("site", "steward").order_by("next_on", "pk")


def unplanned(account: Any, site: int | None) -> Any:
    rows = Tour.objects.visible_to(account).live().filter(starts_at=None).exclude(prospect__steward=None)
    # The day wished for; else when an answer is owed.
    owed = ExpressionWrapper(F("asked_at") + Value(ANSWERED_WITHIN), output_field=DateTimeField())
    rows = rows.annotate(pressing=Coalesce(Cast("wished_on", DateTimeField()), owed))
    return _site_of(rows, site).select_related("prospect__steward", "site").order_by("pressing", "pk")


def unsaid(account: Any, site: int | None) -> Any:
    rows = Tour.objects.visible_to(account).over(timezone.now())
    return _site_of(rows, site).select_related("prospect", "site", "guide")


def _unfollowed_item(prospect: Prospect) -> Item:
    due = timezone.localdate(prospect.asked_at) + ANSWERED_WITHIN
    is_late = due < timezone.localdate()
    return Item(
        _("Request without an answer"),
        record_address("prospect", prospect.pk),
        str(prospect),
        due=due,
        status=_("late") if is_late else _("to answer"),
        tone="danger" if is_late else "warn",
    )


def _again_item(prospect: Prospect) -> Item:
    is_late = prospect.next_on is not None and prospect.next_on < timezone.localdate()
    return Item(
        _("To be contacted again"),
        record_address("prospect", prospect.pk),
        str(prospect),
        due=prospect.next_on,
        status=_("late") if is_late else _("today"),
        tone="danger" if is_late else "info",
    )


def _tour_item(tour: Tour) -> Item:
    return Item(
        _("Visit to be planned"),
        record_address("prospect_tour", tour.prospect_id),
        str(tour.prospect),
        due=tour.wished_on or timezone.localdate(tour.asked_at) + ANSWERED_WITHIN,
        status=_("to be planned"),
        tone="warn",
    )


def _unsaid_item(tour: Tour) -> Item:
    return Item(
        _("Did the visit take place?"),
        record_address("prospect", tour.prospect_id),
        str(tour.prospect),
        due=tour.on(),
        status=_("to be told"),
        tone="info",
    )


for code, label, rows, item, order, owner in (
    ("prospects-new", gettext_lazy("Requests without an answer"), unfollowed, _unfollowed_item, 5, ""),
    ("prospects-again", gettext_lazy("To be contacted again"), to_speak_to, _again_item, 6, "steward"),
    ("tours-unplanned", gettext_lazy("Visits to be planned"), unplanned, _tour_item, 7, "prospect__steward"),
    ("tours-unsaid", gettext_lazy("Visits that are over"), unsaid, _unsaid_item, 8, "guide"),
):
    todos.register(
        todos.Source(
            code=code,
            label=label,
            rows=rows,
            item=item,
            order=order,
            permission="prospects.edit",
            is_dated=True,
            owner=owner,
        )
    )


def find_prospects(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("prospects.list"):
        return
    visible = Prospect.objects.visible_to(account)
    found = visible.filter(name_folded__contains=terms.folded) | visible.filter(
        organisation_folded__contains=terms.folded
    )
    for prospect in found[:limit]:
        yield search.Hit(
            prospect.name,
            record_address("prospect", prospect.pk),
            prospect.organisation or str(prospect.get_purpose_display()),
            "user-plus",
        )


search.register(
    search.Source(code="prospects", label=gettext_lazy("Prospects"), find=find_prospects, order=40),
    search.Action(
        label=gettext_lazy("Prospects and visits"),
        route="prospects",
        icon="user-plus",
        words=gettext_lazy("requests tours visitors leads"),
        permission="prospects.list",
    ),
    search.Action(
        label=gettext_lazy("Note a prospect"),
        route="prospect_new",
        icon="user-plus",
        words=gettext_lazy("telephone visit request"),
        permission="prospects.edit",
    ),
)
