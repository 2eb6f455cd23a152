"""What bookings bring to menus, search, the list of what waits, and others' pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import title_of
from fondouk.bookings.queries import OPEN, bookable, clock_at, lines, rules_for
from fondouk.bookings.terms import LET, terms
from fondouk.bookings.wording import terms_said
from fondouk.lib.addresses import record_address
from fondouk.search import registry as search
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, register

AHEAD = timedelta(hours=8)
ROOMS = 8
"""How many rooms the page of the day shows."""

register(
    MenuEntry(
        shell="staff",
        group="pilot",
        label=_("Planning"),
        route="planning",
        icon="calendar",
        order=30,
        permission="bookings.view",
        section="planning bookings calendars",
    )
)

register(
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Booking rules"),
        route="booking_rules",
        icon="adjustments",
        order=45,
        permission="bookings.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Prices of spaces"),
        route="booking_prices",
        icon="tag",
        order=46,
        permission="bookings.view",
    ),
)


def rooms_now(request: HttpRequest, site: Site | None) -> dict[str, Any] | None:
    """What happens in the rooms at this moment: those that are taken first."""
    rooms = bookable(request.user).in_use()
    rooms = rooms.filter(site=site) if site else reach(request.user).limit(rooms, "site")
    found = list(rooms.select_related("site").defer("vector", "site__vector").order_by("site", "code_folded"))
    if not found:
        return None
    now = timezone.now()
    rows = []
    for line in lines(request.user, found, now, now + AHEAD):
        busy = next((block for block in line.blocks if block.start <= now and block.tone not in OPEN), None)
        coming = next((block for block in line.blocks if block.start > now and block.tone not in OPEN), None)
        until = busy.end if busy else coming.start if coming else None
        rows.append(
            {"room": line.resource, "block": busy, "until": until and clock_at(line.resource.site, until)}
        )
    free = sum(row["block"] is None for row in rows)
    rows.sort(key=lambda row: row["block"] is None)
    return {"rows": rows[:ROOMS], "free": free, "total": len(rows), "several": site is None}


def of_space(request: HttpRequest, space: Resource) -> dict[str, Any] | None:
    if space.kind in LET:
        return None
    today = timezone.localdate()
    times = Occurrence.objects.live().filter(resource=space, during__endswith__gt=timezone.now())
    times = times.visible_to(request.user).select_related("part", "booking__company", "booking__organiser")
    rules = rules_for([space], today)
    return {
        "space": space,
        "times": [(one, title_of(one.booking, request.user)) for one in times.order_by("starts")[:6]],
        "terms": [(one.label, terms_said(terms(rules, space, one, today))) for one in Audience],
    }


register(
    Panel(
        place="console.today:side",
        template="bookings/panels/now.html",
        context=rooms_now,
        order=5,
        permission="bookings.view",
    ),
    Panel(
        place="spaces.space:main",
        template="bookings/panels/space.html",
        context=of_space,
        order=20,
        permission="bookings.view",
    ),
)

search.register(
    search.Action(
        label=_("Planning"), route="planning", icon="calendar", words=_("rooms calendar booking"), permission="bookings.view"
    ),
    search.Action(
        label=_("Find a room"), route="planning_search", icon="search", words=_("free room search booking"),
        permission="bookings.view",
    ),
    search.Action(
        label=_("New booking"), route="booking_new", icon="calendar-plus", words=_("book reserve room"),
        permission="bookings.view",
    ),
    search.Action(
        label=_("Bookings"), route="bookings", icon="list", words=_("list of bookings"), permission="bookings.view"
    ),
)  # fmt: skip


def asked_rows(account: Any, site: int | None) -> Any:
    """Requests that somebody may decide on."""
    rows = Booking.objects.filter(occurrences__status=Status.REQUESTED).distinct()
    rows = reach(account).limit(rows, "resource__site")
    if site is not None:
        rows = rows.filter(resource__site=site)
    return rows.select_related("resource", "company", "organiser").order_by("starts", "pk")


def asked_item(booking: Booking) -> Item:
    return Item(
        gettext("A booking awaits approval"),
        record_address("booking", booking.pk),
        subject=booking.company.label if booking.company else booking.organiser.name,
        reference=booking.resource.code,
        due=booking.starts.date(),
        status=gettext("to decide"),
        tone="warn",
    )


todos.register(
    todos.Source(
        code="booking_requests",
        label=_("Bookings to approve"),
        rows=asked_rows,
        item=asked_item,
        order=8,
        permission="bookings.decide",
        is_dated=True,
    )
)
