"""Credit notes: what was billed wrongly is taken back, whole or in part. The invoice itself never changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.amounts import ZERO, tax_on
from fondouk.billing.enums import Paper, Unit
from fondouk.billing.models import Invoice, InvoiceLine, InvoiceTax
from fondouk.people.models import Person

Rate = tuple[str, Decimal]


class Uncreditable(Exception):
    """Its text is for people; `line` is the key of the line it speaks of, where it speaks of one."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def left_to_credit(invoice: Invoice) -> dict[int, Decimal]:
    """By key of line, what has not been taken back, drafts of credit notes counted."""
    rows = InvoiceLine.objects.filter(invoice=invoice).annotate(back=Sum("credited_by__net"))
    return {row.pk: row.net - (row.back or ZERO) for row in rows}


@transaction.atomic
def credit(
    invoice: Invoice,
    *,
    reason: str,
    by: Person,
    amounts: Mapping[int, Decimal] | None = None,
    bills_again: bool = False,
) -> Invoice:
    """Draft a credit note: `amounts` before tax by key of line; all that is left of every line when none are named. Lines
    that are taken back as a whole may be charged anew when it `bills_again`.

    Its tax is that of what it takes back; the note that takes back the last of a rate takes back the last of its tax too,
    so that an invoice and all its notes come to zero to the centime. Raises `Uncreditable`.
    """
    locked = Invoice.objects.select_for_update(of=("self",)).select_related("customer").get(pk=invoice.pk)
    if not locked.is_issued or locked.paper == Paper.CREDIT_NOTE:
        raise Uncreditable(_("Only an issued invoice is credited."))
    if not reason.strip():
        raise Uncreditable(_("Say why."))
    lines = {line.pk: line for line in locked.lines.all()}
    left = left_to_credit(locked)
    wanted = {key: amount for key, amount in (left if amounts is None else amounts).items() if amount}
    for key, amount in wanted.items():
        if key not in lines:
            raise Uncreditable(_("This is no line of the invoice."), key)
        if amount * lines[key].net < 0 or abs(amount) > abs(left[key]):
            raise Uncreditable(_("No more can be credited than is left of the line."), key)
    if not wanted:
        raise Uncreditable(_("Nothing is left to be credited."))
    note = Invoice.objects.create(
        paper=Paper.CREDIT_NOTE,
        operator_id=locked.operator_id,
        site_id=locked.site_id,
        customer=locked.customer,
        currency=locked.currency,
        language=locked.language,
        purchase_reference=locked.purchase_reference,
        credits=locked,
        reason=reason.strip()[:300],
        bills_again=bills_again,
        made_by=by,
    )
    made = [
        _taken_back(note, lines[key], wanted[key], number)
        for number, key in enumerate(sorted(wanted, key=lambda key: lines[key].position), start=1)
    ]
    InvoiceLine.objects.bulk_create(made)
    taxes = _taxes(locked, note, made)
    InvoiceTax.objects.bulk_create(taxes)
    note.net, note.vat = sum((one.base for one in taxes), ZERO), sum((one.amount for one in taxes), ZERO)
    note.total = note.net + note.vat
    note.save(update_fields=["net", "vat", "total"])
    record(
        verbs.CREDITED,
        locked,
        note.customer.party,
        by=by,
        reference=locked.reference or "",
        reason=note.reason,
        total=f"{note.total:.2f}",
    )
    return note


def _taken_back(note: Invoice, line: InvoiceLine, amount: Decimal, number: int) -> InvoiceLine:
    """The line as it was billed, where it is taken back as a whole; else one amount."""
    whole = amount == line.net
    sign = -1 if line.net < 0 else 1
    return InvoiceLine(
        invoice=note,
        position=number,
        credits=line,
        nature=line.nature,
        label=line.label,
        period=line.period,
        quantity=line.quantity if whole else Decimal(sign),
        unit=line.unit if whole else Unit.ONE,
        unit_price=line.unit_price if whole else abs(amount),
        discount=line.discount if whole else ZERO,
        net=amount,
        vat_code_id=line.vat_code_id,
        vat_category=line.vat_category,
        vat_rate=line.vat_rate,
        vat_reason=line.vat_reason,
    )


def _taxes(invoice: Invoice, note: Invoice, made: list[InvoiceLine]) -> list[InvoiceTax]:
    billed = {(tax.category, tax.rate): tax for tax in invoice.taxes.all()}
    back: dict[Rate, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for earlier in InvoiceTax.objects.filter(invoice__credits=invoice).exclude(invoice=note):
        base, amount = back[earlier.category, earlier.rate]
        back[earlier.category, earlier.rate] = (base + earlier.base, amount + earlier.amount)
    bases: dict[Rate, Decimal] = defaultdict(Decimal)
    for line in made:
        bases[line.vat_category, line.vat_rate] += line.net
    taxes = []
    for (category, rate), base in bases.items():
        whole, (base_back, amount_back) = billed[category, rate], back[category, rate]
        left = whole.amount - amount_back
        is_last = base_back + base == whole.base
        amount = left if is_last else _within(tax_on(base, rate), left)
        taxes.append(
            InvoiceTax(
                invoice=note, category=category, rate=rate, reason=whole.reason, base=base, amount=amount
            )
        )
    return taxes


def _within(amount: Decimal, left: Decimal) -> Decimal:
    """Many small notes must not take back more tax than there was."""
    return min(amount, left) if left >= 0 else max(amount, left)
