"""How the calendar of occupation shows what bookings hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.bookings.actions.holding import KIND, derive
from fondouk.bookings.models import Booking, Occurrence
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.spaces.models import Claim


def _show(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """Title and company, for whoever may see the booking; a private title for those of its company alone."""
    occurrences = Occurrence.objects.filter(pk__in=[claim.owner for claim in found])
    visible = occurrences.filter(booking__in=Booking.objects.visible_to(account)).select_related(
        "booking__company", "booking__organiser"
    )
    by_key = {one.pk: one.booking for one in visible}
    told = {}
    for claim in found:
        booking = by_key.get(claim.owner)
        if booking is None:
            continue
        own = account.person_id in (booking.organiser_id, booking.made_by_id)
        title = booking.title if own or not booking.is_private else _("Private")
        who = booking.company.label if booking.company else booking.organiser.name
        told[claim.pk] = Shown(title, "", who)
    return told


claims.register(
    claims.Owner(code=KIND, label=gettext_lazy("Booking"), tone="booked", show=_show, derive=derive)
)
