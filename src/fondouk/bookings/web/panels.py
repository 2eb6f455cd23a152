"""What bookings bring to menus, search, the list of what waits, and others' pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking
from fondouk.lib.addresses import record_address
from fondouk.search import registry as search
from fondouk.sites.rules import reach
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="pilot",
        label=_("Planning"),
        route="planning",
        icon="calendar",
        order=30,
        permission="bookings.view",
    )
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
