"""How the calendar of occupation shows what bookings hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.bookings.actions.holding import KIND, derive
from fondouk.bookings.models import Occurrence, is_told
from fondouk.bookings.rules import KEEPERS, is_party
from fondouk.companies.models import Company, label_of
from fondouk.lib.addresses import record_addresses
from fondouk.sites.rules import reach
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.spaces.models import Claim


class Seen(NamedTuple):
    """What a plan needs of a time of a booking. A busy week has a thousand of them: four models for each take too long."""

    pk: int
    sequence: int
    first: datetime
    last: datetime
    booking: int
    title: str
    is_private: bool
    organiser_id: int
    made_by_id: int
    company_id: int | None
    site: int
    organiser: str
    company_name: str | None
    company_name_ar: str | None

    @property
    def company(self) -> Company | None:
        """As far as rules ask for it."""
        return Company(pk=self.company_id) if self.company_id else None

    @property
    def who(self) -> str:
        return label_of(self.company_name or "", self.company_name_ar or "") or self.organiser


COLUMNS = (
    "pk", "sequence", "during__startswith", "during__endswith", "booking", "booking__title", "booking__is_private",
    "booking__organiser", "booking__made_by", "booking__company", "booking__resource__site", "booking__organiser__name",
    "booking__company__name", "booking__company__name_ar",
)  # fmt: skip


def _show(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """Title and company, for whoever may see the booking; a private title for those of its company alone. The staff of the
    site opens it from the plan, and those who may change it move it there.
    """
    visible = Occurrence.objects.filter(pk__in={claim.owner for claim in found}).visible_to(account)
    by_key = {row[0]: Seen(*row) for row in visible.order_by().values_list(*COLUMNS)}
    # The permission "bookings.change", judged once for a whole plan.
    within, keeps, told = reach(account), reach(account, *KEEPERS), {}
    page_of, move_of = record_addresses("booking"), record_addresses("booking_move")
    for claim in found:
        one = by_key.get(claim.owner)
        if one is None:
            continue
        is_staff = within.covers(one.site)
        may_move = is_staff and (keeps.covers(one.site) or bool(is_party.test(account, one)))
        told[claim.pk] = Shown(
            one.title if is_told(one, account.person_id) else _("Private"),
            page_of(one.booking) if is_staff else "",
            one.who,
            first=one.first,
            last=one.last,
            move=move_of(one.pk) if may_move else "",
            stamp=str(one.sequence),
        )
    return told


claims.register(
    claims.Owner(code=KIND, label=gettext_lazy("Booking"), tone="booked", show=_show, derive=derive)
)
