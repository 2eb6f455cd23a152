"""A bank's file understood: which column is which, and what each row says. Knows no model."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.money import UnreadableAmount, parse_amount
from fondouk.lib.text import fold, one_line, squash

DATE, LABEL, REFERENCE, CREDIT, AMOUNT = "date", "label", "reference", "credit", "amount"
NEEDED = (DATE, LABEL)
"""And one of the two that say how much."""
WORDS: Mapping[str, tuple[str, ...]] = {
    DATE: (
        "date operation",
        "date de l operation",
        "date comptable",
        "date d operation",
        "date",
        "date valeur",
        "تاريخ",
    ),
    LABEL: (
        "libelle",
        "designation",
        "libelle operation",
        "nature de l operation",
        "description",
        "label",
        "البيان",
    ),
    REFERENCE: ("reference", "ref", "n operation", "numero", "المرجع"),
    CREDIT: ("credit", "montant credit", "entree", "دائن"),
    AMOUNT: ("montant", "amount", "mouvement", "المبلغ"),
}
LOOKED_AT = 15
"""Rows in which the headers are looked for."""


@dataclass(frozen=True)
class Came:
    """A sum that came, as a row tells it. `row` as a spreadsheet counts."""

    row: int
    on: date
    label: str
    reference: str
    amount: Decimal
    fingerprint: str


@dataclass(frozen=True)
class Unread:
    """`code`: "date" or "amount"; `value` is what stands there."""

    row: int
    code: str
    value: str


@dataclass
class Read:
    came: list[Came] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    passed_over: int = 0
    """Rows of sums that left, or that say nothing."""


Row = Sequence[Any]


def find_header(rows: Sequence[Row]) -> int:
    """The row whose cells look most like headers of a bank's."""
    known = {word for words in WORDS.values() for word in words}
    best, found = 0, 0
    for number, row in enumerate(rows[:LOOKED_AT]):
        score = sum(_plain(cell) in known for cell in row)
        if score > best:
            best, found = score, number
    return found


def guess(headers: Row) -> dict[str, str]:
    """Which header is which, as far as it can be told: by meaning, the header as it is written."""
    found: dict[str, str] = {}
    for meaning, words in WORDS.items():
        ranked = sorted(
            (words.index(_plain(header)), str(header)) for header in headers if _plain(header) in words
        )
        if ranked:
            found[meaning] = ranked[0][1]
    if CREDIT in found:
        found.pop(AMOUNT, None)
    return found


def _plain(cell: Any) -> str:
    """Words alone: no accents, no marks."""
    return " ".join(re.findall(r"\w+", fold(str(cell or ""))))


def missing(columns: Mapping[str, str], headers: Row) -> list[str]:
    """Meanings that are needed and not mapped, or mapped to a header that is not there."""
    written = {str(header) for header in headers}
    there = {meaning for meaning, header in columns.items() if header in written}
    lacking = [meaning for meaning in NEEDED if meaning not in there]
    if not there & {CREDIT, AMOUNT}:
        lacking.append(CREDIT)
    return lacking + [
        meaning for meaning, header in columns.items() if header not in written and meaning not in lacking
    ]


def read(rows: Sequence[Row], header_row: int, columns: Mapping[str, str]) -> Read:
    """Every row below the headers. A row without a date tells of no sum: a balance, a total, a blank."""
    headers = [str(cell) for cell in rows[header_row]] if rows else []
    at = {meaning: headers.index(header) for meaning, header in columns.items() if header in headers}
    found, seen = Read(), Counter[tuple[Any, ...]]()

    def cell(row: Row, meaning: str) -> Any:
        place = at.get(meaning)
        return row[place] if place is not None and place < len(row) else None

    for number, row in enumerate(rows[header_row + 1 :], start=header_row + 2):
        said, how_much = cell(row, DATE), cell(row, CREDIT if CREDIT in at else AMOUNT)
        if said in (None, "") or how_much in (None, ""):
            found.passed_over += 1
            continue
        try:
            on = parse_date(said)
        except UnreadableDate:
            found.unread.append(Unread(number, "date", str(said)[:80]))
            continue
        try:
            amount = round(parse_amount(how_much), 2)
        except UnreadableAmount:
            found.unread.append(Unread(number, "amount", str(how_much)[:80]))
            continue
        if amount <= 0:
            found.passed_over += 1
            continue
        label = one_line(str(cell(row, LABEL) or ""))[:300]
        reference = one_line(str(cell(row, REFERENCE) or ""))[:140]
        key = (on, squash(fold(label)), squash(fold(reference)), amount)
        seen[key] += 1
        found.came.append(Came(number, on, label, reference, amount, _fingerprint(key, seen[key])))
    return found


def _fingerprint(key: tuple[Any, ...], turn: int) -> str:
    """The second of two that look alike is another one, in every file that has both."""
    return hashlib.sha256("|".join(map(str, (*key, turn))).encode()).hexdigest()
