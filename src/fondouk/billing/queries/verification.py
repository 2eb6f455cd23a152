"""The proof that numbers are continuous and that what was issued has not changed: worked out from the rows alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fondouk.billing.amounts import totals
from fondouk.billing.chain import content, hashed
from fondouk.billing.models import Charge, Counter, Invoice, InvoiceLine

CHUNK = 500


@dataclass(frozen=True)
class Fault:
    """`code`: "gap", "duplicate", "beyond" (a number above the last of its series), "changed" (what it says is not what was
    hashed), "chain", "totals", "backwards" (a number of an earlier day than the one before), "seed", "billed_twice".
    """

    code: str
    series: str
    number: int

    def __str__(self) -> str:
        return f"{self.series} {self.number}: {self.code}"


@dataclass
class Proof:
    papers: int
    series: int
    faults: list[Fault]


def verify() -> Proof:
    """Every issued paper of every series, in order. Memory does not grow with how many there are."""
    proof = Proof(0, 0, [])
    counters = Counter.objects.select_related("operator").order_by("operator", "paper", "year")
    for _key, years in groupby(counters, key=lambda one: (one.operator_id, one.paper)):
        before = ""
        for counter in years:
            proof.series += 1
            if counter.seed != before:
                proof.faults.append(Fault("seed", _name(counter), 0))
            proof.papers += _verify_series(counter, proof.faults)
            before = counter.last_hash
    numbered = {(one.operator_id, one.paper, one.year) for one in counters}
    for operator, paper, year in (
        Invoice.objects.issued().order_by().values_list("operator", "paper", "year").distinct()
    ):
        if (operator, paper, year) not in numbered:
            proof.faults.append(Fault("beyond", f"{operator} {paper} {year}", 0))
    twice = InvoiceLine.objects.filter(charge__isnull=False).order_by()
    billed = twice.values("charge").distinct().count()
    if billed != twice.count() or billed > Charge.objects.count():
        proof.faults.append(Fault("billed_twice", "", 0))
    return proof


def _name(counter: Counter) -> str:
    return f"{counter.operator.invoice_prefix} {counter.paper} {counter.year}"


def _verify_series(counter: Counter, faults: list[Fault]) -> int:
    name, before, expected, day = _name(counter), counter.seed, 1, None
    for invoice in _of_series(counter):
        number = invoice.number or 0
        if number > expected:
            faults.extend(
                Fault("gap", name, missing) for missing in range(expected, min(number, expected + 20))
            )
        elif number < expected:
            faults.append(Fault("duplicate", name, number))
        if invoice.previous_hash != before:
            faults.append(Fault("chain", name, number))
        lines, taxes = list(invoice.lines.all()), list(invoice.taxes.all())
        if hashed(content(invoice, lines, taxes), invoice.previous_hash) != invoice.hash:
            faults.append(Fault("changed", name, number))
        if not _adds_up(invoice, lines):
            faults.append(Fault("totals", name, number))
        if day is not None and invoice.issued_on is not None and invoice.issued_on < day:
            faults.append(Fault("backwards", name, number))
        before, expected, day = invoice.hash or "", number + 1, invoice.issued_on
    if expected - 1 < counter.last:
        faults.append(Fault("gap", name, counter.last))
    elif expected - 1 > counter.last:
        faults.append(Fault("beyond", name, expected - 1))
    if before != counter.last_hash:
        faults.append(Fault("chain", name, counter.last))
    return expected - 1


def _of_series(counter: Counter) -> Iterator[Invoice]:
    rows = Invoice.objects.issued().filter(
        operator=counter.operator_id, paper=counter.paper, year=counter.year
    )
    ordered = rows.select_related("credits").prefetch_related("lines", "taxes").order_by("number", "pk")
    yield from ordered.iterator(chunk_size=CHUNK)


def _adds_up(invoice: Invoice, lines: list[Any]) -> bool:
    found = totals(lines)
    kept: dict[tuple[str, Any], tuple[Any, Any]] = defaultdict(tuple)  # type: ignore[arg-type]
    for tax in invoice.taxes.all():
        kept[tax.category, tax.rate] = (tax.base, tax.amount)
    same = invoice.net == found.net and all(
        kept[tax.category, tax.rate][:1] == (tax.base,) for tax in found.taxes
    )
    # A credit note of the last part of an invoice takes back what is left of its tax: a centime more or less than by rate.
    return (
        same
        and invoice.vat == sum(amount for _base, amount in kept.values())
        and invoice.total == invoice.net + invoice.vat
    )
