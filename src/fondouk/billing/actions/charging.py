"""Posting what is to be billed, and taking back what should not have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.amounts import ZERO, line_net
from fondouk.billing.enums import Nature, Unit
from fondouk.billing.models import Charge, ChargeCancellation
from fondouk.people.models import Person

CHUNK = 2000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A charge that is wanted: keys of its rows, `labels` by language, `period` from a day and before a day."""

    operator: int
    site: int
    customer: int
    nature: Nature
    labels: Mapping[str, str]
    unit_price: Decimal
    vat_code: int
    bill_on: date
    quantity: Decimal = Decimal(1)
    unit: Unit = Unit.ONE
    discount: Decimal = ZERO
    period: tuple[date, date] | None = None
    thread: str = ""
    currency: str = "MAD"

    def row(self, by: Person | None) -> Charge:
        return Charge(
            operator_id=self.operator,
            site_id=self.site,
            customer_id=self.customer,
            nature=self.nature,
            labels={language: text[:300] for language, text in self.labels.items()},
            thread=self.thread,
            period=DateRange(*self.period) if self.period else None,
            bill_on=self.bill_on,
            quantity=self.quantity,
            unit=self.unit,
            unit_price=self.unit_price,
            discount=self.discount,
            net=line_net(self.quantity, self.unit_price, self.discount),
            currency=self.currency,
            vat_code_id=self.vat_code,
            made_by=by,
        )


def charge_all(wanted: Sequence[Wanted], *, by: Person | None) -> list[Charge]:
    """Post charges. Whoever posts keeps the link on their own side, in the same transaction, unique: nothing is charged
    twice.
    """
    return Charge.objects.bulk_create([one.row(by) for one in wanted], batch_size=CHUNK)


@transaction.atomic
def charge(wanted: Wanted, *, by: Person) -> Charge:
    """Post one charge by hand. Raises `ValidationError` by field."""
    row = wanted.row(by)
    problems = {}
    if not any(text.strip() for text in wanted.labels.values()):
        problems["label"] = _("Say what is charged.")
    if not row.quantity:
        problems["quantity"] = _("Write more than zero.")
    if row.net * row.quantity < 0:
        problems["discount"] = _("The discount is larger than the amount.")
    if problems:
        raise ValidationError(problems)
    row.full_clean(exclude=["currency", "thread", "made_by"])
    row.save()
    record(verbs.CHARGED, row, row.customer.party, by=by, label=row.label_in("fr"))
    return row


@transaction.atomic
def cancel_charge(row: Charge, *, reason: str, by: Person) -> ChargeCancellation:
    """It will not be billed. Raises `ValidationError`: without a reason, and once it stands on an invoice, even a draft."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if ChargeCancellation.objects.filter(charge=row).exists():
        raise ValidationError(_("This charge is cancelled already."))
    try:
        with transaction.atomic():
            made = ChargeCancellation.objects.create(charge=row, reason=reason.strip()[:300], by=by)
    except IntegrityError as error:
        raise ValidationError(
            _("This charge stands on an invoice: take it off the draft, or credit the invoice.")
        ) from error
    record(
        verbs.CHARGE_CANCELLED, row, row.customer.party, by=by, label=row.label_in("fr"), reason=made.reason
    )
    return made
