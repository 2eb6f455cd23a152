"""How the calendar of occupation shows what bookings hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.bookings.actions.holding import KIND, derive
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.rules import KEEPERS, is_party
from fondouk.lib.addresses import record_address
from fondouk.sites.rules import reach
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.spaces.models import Claim


def _show(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """Title and company, for whoever may see the booking; a private title for those of its company alone. The staff of the
    site opens it from the plan, and those who may change it move it there.
    """
    occurrences = Occurrence.objects.filter(pk__in={claim.owner for claim in found})
    visible = occurrences.filter(booking__in=Booking.objects.visible_to(account)).select_related(
        "booking__company", "booking__organiser", "booking__resource"
    )
    by_key = {one.pk: one for one in visible}
    # The permission "bookings.change", judged once for a whole plan.
    within, keeps, told = reach(account), reach(account, *KEEPERS), {}
    for claim in found:
        one = by_key.get(claim.owner)
        if one is None:
            continue
        booking = one.booking
        title = booking.title if booking.tells(account.person_id) else _("Private")
        who = booking.company.label if booking.company else booking.organiser.name
        is_staff = within.covers(booking.resource.site_id)
        site = booking.resource.site_id
        may_move = is_staff and (keeps.covers(site) or bool(is_party.test(account, booking)))
        told[claim.pk] = Shown(
            title,
            record_address("booking", booking.pk) if is_staff else "",
            who,
            first=one.during.lower,
            last=one.during.upper,
            move=record_address("booking_move", one.pk) if may_move else "",
            stamp=str(one.sequence),
        )
    return told


claims.register(
    claims.Owner(code=KIND, label=gettext_lazy("Booking"), tone="booked", show=_show, derive=derive)
)
