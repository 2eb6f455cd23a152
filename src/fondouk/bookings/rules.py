"""Who sees, makes and changes bookings."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_member, is_owner
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.RECEPTION, Role.EVENTS)
"""They book for others, and change what others have booked."""
JUDGES = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES)

PRICERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.FINANCE)


@rules.predicate
def is_party(account: Any, booking: Any) -> bool:
    """Whoever it is for, or has made it, or owns its company. Without a booking: anybody who may make one."""
    if not account.is_authenticated or booking is None:
        return bool(account.is_authenticated)
    if account.person_id in (booking.organiser_id, booking.made_by_id):
        return True
    return booking.company_id is not None and bool(is_owner.test(account, booking.company))


keepers = granted(*KEEPERS)

define("bookings.view", granted(), _("This is for the park's staff."))
define(
    "bookings.book",
    granted() | is_member,
    _("Only the staff and the people of hosted companies book spaces."),
)
define("bookings.book_for", keepers, _("Only those who keep the planning book for others."))
define(
    "bookings.change",
    is_party | keepers,
    _("Only whoever has booked it, an owner of its company, or those who keep the planning may change it."),
)
define(
    "bookings.decide",
    granted(*JUDGES),
    _("Only the spaces team, the site manager or the direction let a request through."),
)
define(
    "bookings.price",
    granted(*PRICERS),
    _("Only finance, the spaces team, the site manager or the direction set prices."),
)
