"""What a sum that came may pay: by the reference that its label names, its amount, and who sent it; with a score and its
reasons.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.billing.amounts import CENTIME, RENT_WITHHELD, ZERO
from fondouk.billing.enums import Nature, Paper
from fondouk.billing.models import Balance, BankLine, Customer, InvoiceLine
from fondouk.lib.money import round_half_up
from fondouk.lib.text import fold

CERTAIN = 90
"""From this score on, many may be accepted at once."""
SHOWN = 3
REFERENCE, PREFIX, AMOUNT, WITHHELD, PART, OVER, NAME, ALL, ALONE = (
    "reference", "prefix", "amount", "withheld", "part", "over", "name", "all", "alone",
)  # fmt: skip
POINTS = {
    REFERENCE: 55, PREFIX: 10, AMOUNT: 30, WITHHELD: 25, PART: 10, OVER: 10, NAME: 35, ALL: 30, ALONE: 15,
}  # fmt: skip
REASONS = {
    REFERENCE: _("names the invoice"),
    PREFIX: _("with its series"),
    AMOUNT: _("the exact amount"),
    WITHHELD: _("the amount less the tax withheld"),
    PART: _("a part of it"),
    OVER: _("more than it"),
    NAME: _("the customer’s name"),
    ALL: _("all that the customer owes"),
    ALONE: _("the only invoice of that amount"),
}
NUMBERED = re.compile(r"(?<!\d)(20\d\d)(?:\D{0,3}0*(\d{1,6})|(\d{5}))(?!\d)")
"""A year and a number, as people write a reference: 2026-00042, 2026 42, 202600042."""
WORDS_LEFT_OUT = frozenset(
    [
        "sarl",
        "sas",
        "snc",
        "sca",
        "scs",
        "societe",
        "ste",
        "the",
        "les",
        "des",
        "virement",
        "vir",
        "recu",
        "maroc",
    ]
)


@dataclass(frozen=True)
class Proposal:
    """`parts`: how much of it pays which invoice, by key; what is left over is a credit. `score` to 100."""

    customer: int
    parts: Mapping[int, Decimal]
    score: int
    codes: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        return [str(REASONS[code]) for code in self.codes]

    @property
    def is_certain(self) -> bool:
        return self.score >= CERTAIN


@dataclass
class _Due:
    invoice: int
    customer: int
    remaining: Decimal
    withheld: Decimal
    reference: str
    key: tuple[str, int]


@dataclass
class _Ledger:
    """What is due to an operator, found by number, by amount and by whose it is."""

    by_number: dict[tuple[str, int], list[_Due]] = field(default_factory=lambda: defaultdict(list))
    by_amount: dict[Decimal, list[_Due]] = field(default_factory=lambda: defaultdict(list))
    by_customer: dict[int, list[_Due]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: dict[int, frozenset[str]] = field(default_factory=dict)


def propose(lines: Collection[BankLine], operator: int) -> dict[int, list[Proposal]]:
    """By key of line, what it may pay, the best first. A handful of queries, whatever their number."""
    ledger = _ledger(operator)
    return {line.pk: _ranked(line, ledger) for line in lines}


def _ledger(operator: int) -> _Ledger:
    ledger = _Ledger()
    balances = (
        Balance.objects.unpaid().filter(operator=operator).select_related("invoice").order_by("due_on", "pk")
        .only("customer", "remaining", "invoice__reference", "invoice__year", "invoice__number", "invoice__paper")
    )  # fmt: skip
    rents: dict[int, Decimal] = defaultdict(Decimal)
    for key, net in InvoiceLine.objects.filter(
        invoice__in=balances.order_by().values("pk"), nature=Nature.RENT
    ).values_list("invoice", "net"):
        rents[key] += net
    for one in balances:
        invoice = one.invoice
        due = _Due(
            one.pk, one.customer_id, one.remaining, round_half_up(rents[one.pk] * RENT_WITHHELD, CENTIME),
            re.sub(r"\W", "", (invoice.reference or "").rsplit("-", 2)[0]).casefold(),
            (str(invoice.year), invoice.number or 0),
        )  # fmt: skip
        if invoice.paper == Paper.INVOICE:
            ledger.by_number[due.key].append(due)
        ledger.by_amount[due.remaining].append(due)
        ledger.by_customer[due.customer].append(due)
    for customer in Customer.objects.named().filter(pk__in=ledger.by_customer):
        words = _words(customer.label) | _words(customer.company.name if customer.company else "")
        ledger.words[customer.pk] = frozenset(words)
        for word in words:
            ledger.by_word[word].add(customer.pk)
    return ledger


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"\w{3,}", fold(text))
    return frozenset(word for word in found if word not in WORDS_LEFT_OUT and not word.isdigit())


def _ranked(line: BankLine, ledger: _Ledger) -> list[Proposal]:
    said = f"{line.label} {line.reference}"
    words = _words(said)
    candidates: dict[int, Proposal] = {}
    for found in (
        *_by_reference(line, said, ledger),
        *_by_name(line, words, ledger),
        *_by_amount(line, ledger),
    ):
        codes = found.codes
        if NAME not in codes and ledger.words.get(found.customer) and ledger.words[found.customer] <= words:
            codes = (*codes, NAME)
        most = (
            CERTAIN - 1 if {PART, OVER} & set(codes) else 100
        )  # whoever paid another sum may have meant another thing
        score = min(most, sum(POINTS[code] for code in codes))
        scored = Proposal(found.customer, found.parts, score, codes)
        best = candidates.get(found.customer)
        if best is None or scored.score > best.score:
            candidates[found.customer] = scored
    return sorted(candidates.values(), key=lambda one: (-one.score, one.customer))[:SHOWN]


def _by_reference(line: BankLine, said: str, ledger: _Ledger) -> Iterable[Proposal]:
    named: dict[int, list[_Due]] = defaultdict(list)
    for year, number, joined in NUMBERED.findall(said):
        for due in ledger.by_number.get((year, int(number or joined)), []):
            if due not in named[due.customer]:
                named[due.customer].append(due)
    compact = re.sub(r"\W", "", said).casefold()
    for customer, dues in named.items():
        codes = (REFERENCE,) + ((PREFIX,) if dues[0].reference and dues[0].reference in compact else ())
        yield Proposal(customer, _parts(line.amount, dues), 0, (*codes, *_amount_code(line.amount, dues)))


def _amount_code(amount: Decimal, dues: list[_Due]) -> tuple[str, ...]:
    owed = sum((due.remaining for due in dues), ZERO)
    if amount == owed:
        return (AMOUNT,)
    if amount == owed - sum((due.withheld for due in dues), ZERO):
        return (WITHHELD,)
    return (PART,) if amount < owed else (OVER,)


def _by_name(line: BankLine, words: frozenset[str], ledger: _Ledger) -> Iterable[Proposal]:
    """Whose every word stands in the label: what they owe, the oldest first."""
    near = set().union(*(ledger.by_word.get(word, set()) for word in words)) if words else set()
    for customer in sorted(near):
        if not ledger.words[customer] <= words:
            continue
        dues = ledger.by_customer[customer]
        exact = [due for due in dues if line.amount in (due.remaining, due.remaining - due.withheld)]
        if exact:
            code = AMOUNT if exact[0].remaining == line.amount else WITHHELD
            yield Proposal(customer, _parts(line.amount, exact[:1]), 0, (NAME, code))
        elif line.amount == sum((due.remaining for due in dues), ZERO):
            yield Proposal(customer, _parts(line.amount, dues), 0, (NAME, ALL))
        else:
            yield Proposal(customer, _parts(line.amount, dues), 0, (NAME,))


def _by_amount(line: BankLine, ledger: _Ledger) -> Iterable[Proposal]:
    dues = ledger.by_amount.get(line.amount, [])
    if len(dues) == 1:
        yield Proposal(dues[0].customer, {dues[0].invoice: line.amount}, 0, (AMOUNT, ALONE))


def _parts(amount: Decimal, dues: list[_Due]) -> dict[int, Decimal]:
    left, parts = amount, {}
    for due in dues:
        if part := min(left, due.remaining):
            parts[due.invoice] = part
            left -= part
    return parts


def best_of(lines: Collection[BankLine], operator: int) -> dict[int, Any]:
    """By key of line, its best proposal, where there is one."""
    return {key: found[0] for key, found in propose(lines, operator).items() if found}
