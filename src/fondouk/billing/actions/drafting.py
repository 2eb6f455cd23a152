"""Drafts: open charges gathered by whoever is charged, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.amounts import Totals, totals
from fondouk.billing.enums import Nature, Paper
from fondouk.billing.models import BillingRun, Charge, Customer, Invoice, InvoiceLine, InvoiceTax
from fondouk.billing.queries.rates import rates_on
from fondouk.lib.db import lock
from fondouk.people.models import Person

CHUNK = 2000
DRAFTING = 0x0B11_D4AF << 32
"""Advisory locks: who drafts for a site, one at a time."""

ORDER = {nature: place for place, nature in enumerate(Nature.values)}


@dataclass
class Drafted:
    """`unrated`: charges that were left out, since nobody has told the rate of their tax for that day."""

    invoices: list[Invoice] = field(default_factory=list)
    unrated: list[Charge] = field(default_factory=list)


Key = tuple[int, int, int, str, str]


@transaction.atomic
def draft(
    charges: Collection[int],
    *,
    day: date,
    by: Person | None,
    run: BillingRun | None = None,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> Drafted:
    """Draft invoices for these charges: one for each customer, operator, site, and kind of paper. Those that stand on an
    invoice or are cancelled are passed over; a draft of the same run takes up what has come since. Taxes as of `day`.
    """
    lock(
        DRAFTING + site
        for site in Charge.objects.filter(pk__in=charges).values_list("site", flat=True).distinct()
    )
    rows = Charge.objects.open().filter(pk__in=charges).select_related("vat_code").order_by("pk")
    found, rates = Drafted(), rates_on(day)
    grouped: dict[Key, list[Charge]] = defaultdict(list)
    for row in rows.select_for_update(of=("self",)):
        if row.vat_code_id not in rates:
            found.unrated.append(row)
            continue
        paper = Paper.DEPOSIT if row.nature == Nature.DEPOSIT else Paper.INVOICE
        grouped[row.operator_id, row.site_id, row.customer_id, row.currency, paper].append(row)
    invoices = _drafts_of(grouped, run, by)
    lines: list[InvoiceLine] = []
    started = _lines_of([one for one in invoices.values() if one.pk])
    Invoice.objects.bulk_create([one for one in invoices.values() if not one.pk], batch_size=CHUNK)
    for done, (key, invoice) in enumerate(invoices.items()):
        held = started.get(invoice.pk, [])
        after = max((line.position for line in held), default=0)
        lines += [
            _line(invoice, row, after + number, rates[row.vat_code_id])
            for number, row in enumerate(sorted(grouped[key], key=_place), start=1)
        ]
        if done % 100 == 0:
            advance(done, len(invoices))
    InvoiceLine.objects.bulk_create(lines, batch_size=CHUNK)
    found.invoices = list(invoices.values())
    _add_up(found.invoices)
    return found


def _drafts_of(grouped: Iterable[Key], run: BillingRun | None, by: Person | None) -> dict[Key, Invoice]:
    """A draft for each: that of the same run, locked, where there is one; else a new one, not saved yet."""
    keys = list(grouped)
    known: dict[Key, Invoice] = {}
    if run is not None:
        for one in (
            Invoice.objects.drafts()
            .filter(run=run, credits=None)
            .select_for_update(of=("self",))
            .order_by("pk")
        ):
            known[one.operator_id, one.site_id, one.customer_id, one.currency, one.paper] = one
    customers = Customer.objects.in_bulk({key[2] for key in keys})
    return {
        key: known.get(key)
        or Invoice(
            paper=key[4],
            operator_id=key[0],
            site_id=key[1],
            customer_id=key[2],
            currency=key[3],
            run=run,
            language=customers[key[2]].language,
            purchase_reference=customers[key[2]].purchase_reference,
            made_by=by,
        )
        for key in keys
    }


def _place(row: Charge) -> tuple[int, str, str, int]:
    begins = row.period.lower.isoformat() if row.period else ""
    return ORDER[row.nature], row.thread, begins, row.pk


def _line(invoice: Invoice, row: Charge, position: int, rate: Decimal) -> InvoiceLine:
    code = row.vat_code
    return InvoiceLine(
        invoice=invoice,
        position=position,
        charge=row,
        nature=row.nature,
        label=row.label_in(invoice.language),
        period=row.period,
        quantity=row.quantity,
        unit=row.unit,
        unit_price=row.unit_price,
        discount=row.discount,
        net=row.net,
        vat_code=code,
        vat_category=code.category,
        vat_rate=rate,
        vat_reason=code.reason_in(invoice.language) if code.is_untaxed else "",
    )


def _lines_of(invoices: Collection[Invoice]) -> dict[int, list[InvoiceLine]]:
    found: dict[int, list[InvoiceLine]] = defaultdict(list)
    if invoices:
        for line in InvoiceLine.objects.filter(invoice__in=invoices).order_by("invoice", "position"):
            found[line.invoice_id].append(line)
    return found


def _add_up(invoices: Collection[Invoice]) -> None:
    """Taxes and totals of drafts, from their lines. Only what has changed is written."""
    lines = _lines_of(invoices)
    known: dict[int, list[InvoiceTax]] = defaultdict(list)
    for tax in InvoiceTax.objects.filter(invoice__in=invoices):
        known[tax.invoice_id].append(tax)
    sums = {one.pk: totals(lines[one.pk]) for one in invoices}
    stale = [one for one in invoices if _told(known[one.pk]) != _told(sums[one.pk].taxes)]
    InvoiceTax.objects.filter(invoice__in=[one for one in stale if known[one.pk]]).delete()
    InvoiceTax.objects.bulk_create(
        [
            InvoiceTax(
                invoice=one, category=tax.category, rate=tax.rate, base=tax.base, amount=tax.amount, reason=tax.reason
            )
            for one in stale
            for tax in sums[one.pk].taxes
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    changed = [one for one in invoices if _take(one, sums[one.pk])]
    Invoice.objects.bulk_update(changed, ["net", "vat", "total"], batch_size=CHUNK)


def _told(taxes: Iterable[InvoiceTax] | Iterable[object]) -> set[tuple[object, ...]]:
    return {(tax.category, tax.rate, tax.base, tax.amount, tax.reason) for tax in taxes}  # type: ignore[attr-defined]


def _take(invoice: Invoice, found: Totals) -> bool:
    """Whether that was something new."""
    before = (invoice.net, invoice.vat, invoice.total)
    invoice.net, invoice.vat, invoice.total = found.net, found.vat, found.total
    return before != (found.net, found.vat, found.total)


def refresh(invoices: Collection[Invoice], day: date) -> list[InvoiceLine]:
    """Taxes of these drafts as they are on `day`. Returned are the lines whose rate nobody has told for it: they keep
    theirs.
    """
    rates, unrated, changed = rates_on(day), [], []
    for line in InvoiceLine.objects.filter(invoice__in=[one for one in invoices if one.credits_id is None]):
        rate = rates.get(line.vat_code_id)
        if rate is None:
            unrated.append(line)
        elif rate != line.vat_rate:
            line.vat_rate = rate
            changed.append(line)
    InvoiceLine.objects.bulk_update(changed, ["vat_rate"], batch_size=CHUNK)
    if changed:
        touched = {line.invoice_id for line in changed}
        _add_up([one for one in invoices if one.pk in touched])
    return unrated


@transaction.atomic
def discard(invoice: Invoice, *, by: Person) -> None:
    """Throw a draft away: what it would have billed is open again. Raises `ValidationError` once it is issued."""
    locked = Invoice.objects.select_for_update(of=("self",)).select_related("customer").get(pk=invoice.pk)
    if locked.is_issued:
        raise ValidationError(_("An issued invoice stays: credit it instead."))
    record(
        verbs.DRAFT_DISCARDED,
        locked.customer.party,
        by=by,
        total=f"{locked.total:.2f}",
        lines=locked.lines.count(),
    )
    locked.delete()
