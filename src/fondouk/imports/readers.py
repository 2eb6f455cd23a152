"""Readers of cells: what people type, as values, or a `Bad` that says what to do."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.lib.dates import UnreadableDate, parse_date, parse_date_or_year
from fondouk.lib.emails import BrokenEmail, parse_email
from fondouk.lib.identifiers import BrokenIdentifier, parse_digits, parse_ice
from fondouk.lib.money import UnreadableAmount, parse_amount
from fondouk.lib.phones import Phone, UnreadablePhone, parse_phone
from fondouk.lib.text import squash

from .schema import Bad, Heading

NOTHING = frozenset({
    "", "-", "--", "—", "–", "/", "n/a", "na", "n.a.", "néant", "neant", "nc", "n.c.", "n.c", "nd", "n.d.", "?", "x", ".",
    "s/o", "sans objet", "aucun", "aucune", "none", "nil", "non communiqué", "non renseigné", "non disponible",
    "à compléter", "لا يوجد", "لا شيء", "غير متوفر",
})  # fmt: skip
"""What people type for "nothing to say"."""

NAMES = frozenset({"x", "na", "nc", "nd", "nil", "none"})
"""Of these, what a thing may be called all the same."""

UNITS = {"kmad": Decimal(1000), "mmad": Decimal(1_000_000)}
CELL_UNIT = re.compile(r"(?<=[\d)])\s*(k|m)\s?\.?\s?(?:dhs?|mad|dirhams?)\.?\s*$", re.IGNORECASE)
THREE_DECIMALS = re.compile(r"\s*(\d{1,3})[.,](\d{3})\s*$")
DIRHAMS = re.compile(r"(?:dhs?|mad|dirhams?|درهم|دراهم)\.?\s*$", re.IGNORECASE)

FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no text holds: control signs, halves of signs, and those that XML cannot keep."""

MANY = 1_000_000
LONG_TEXT = 10_000
LARGEST_AREA = Decimal(1_000_000)
LARGEST_SUM = Decimal(10) ** 12
"""Dirhams: what a deposit may be in the database, and far above any turnover seen here."""


def _nothing(value: Any) -> bool:
    return isinstance(value, str) and value.strip().casefold() in NOTHING


def too_large() -> Bad:
    return Bad("number", _("“%(value)s” is too large to be true."))


def text(value: Any, heading: Heading) -> str | None:
    """Spaces tidied. A number typed as a text loses its ".0"."""
    if _nothing(value):
        return None
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        value = value.strftime("%d/%m/%Y")
    return " ".join(str(value).split()) or None


def name(value: Any, heading: Heading) -> str | None:
    """A text that names something: "X", "NA" and "NC" may be names."""
    if (
        isinstance(value, str)
        and value.strip().casefold() in NOTHING
        and any(sign.isalnum() for sign in value)
    ):
        return value.strip() if value.strip().casefold() in NAMES else None
    return text(value, heading)


def paragraph(value: Any, heading: Heading) -> str | None:
    """A text of several lines: each line tidied, empty lines at either end dropped."""
    if _nothing(value):
        return None
    if not isinstance(value, str):
        return text(value, heading)
    lines = [" ".join(line.split()) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n") or None


def day(value: Any, heading: Heading) -> date | None:
    if _nothing(value):
        return None
    try:
        return parse_date(_as_number(value))
    except UnreadableDate as unreadable:
        if unreadable.reason == "calendar":
            raise Bad(
                "dates", _("“%(value)s”: there is no such day. The day comes first, then the month.")
            ) from None
        if unreadable.reason == "range" and isinstance(value, str):
            raise Bad("dates", _("“%(value)s”: the year must lie between 1900 and 2100.")) from None
        raise Bad(
            "dates", _("“%(value)s” is not a date. Write it as day/month/year, for example 31/12/2026.")
        ) from None


ENDLESS = frozenset(
    squash(word)
    for word in (
        "indéterminée", "indéterminé", "durée indéterminée", "illimitée", "illimité", "reconductible", "tacite reconduction",
        "renouvelable", "en cours", "sans", "open", "open-ended", "ongoing", "indefinite", "unlimited",
        "غير محددة", "غير محدد", "مفتوحة",
    )
)  # fmt: skip
"""What people type where a contract has no end."""


def last_day(value: Any, heading: Heading) -> date | None:
    """The day on which something ends; nothing where it is said to have no end."""
    if isinstance(value, str) and squash(value) in ENDLESS:
        return None
    return day(value, heading)


def _as_number(value: Any) -> Any:
    """A date that a CSV holds as the spreadsheet's own number of days."""
    if isinstance(value, str) and re.fullmatch(r"\s*[1-9]\d{4}(?:[.,]0+)?\s*", value, re.ASCII):
        return int(re.split("[.,]", value.strip())[0])
    return value


def day_or_year(value: Any, heading: Heading) -> tuple[date, str] | None:
    """A date and how exactly it is known."""
    if _nothing(value):
        return None
    try:
        return parse_date_or_year(_as_number(value))
    except UnreadableDate:
        raise Bad("dates", _("“%(value)s” is neither a date nor a year.")) from None


def number(value: Any, heading: Heading) -> Decimal | None:
    """Any number, as it is written; units of the header or the cell are set aside."""
    if _nothing(value):
        return None
    if isinstance(value, str):
        lowered = value.strip().casefold()
        for ending in (
            "m²",
            "m2",
            "m ²",
            "m 2",
            "sqm",
            "sq m",
            "sq. m",
            "م²",
            "متر مربع",
            "personnes",
            "pers.",
            "pers",
            "places",
            "place",
            "pax",
        ):
            if lowered.endswith(ending):
                value = value.strip()[: -len(ending)]
                break
    try:
        found = parse_amount(value)
    except UnreadableAmount:
        raise Bad(
            "number", _("“%(value)s” is not a number. Write digits only, for example 1 200,50.")
        ) from None
    if abs(found) >= LARGEST_SUM:
        raise too_large()
    return found


def positive(value: Any, heading: Heading) -> Decimal | None:
    found = number(value, heading)
    if found is not None and found < 0:
        raise Bad("negative", _("“%(value)s” is negative. Write zero or more."))
    return abs(found) if found is not None else None  # no minus zero


def area(value: Any, heading: Heading) -> Decimal | None:
    """m²; nothing is smaller than a hundredth."""
    found = positive(value, heading)
    if found is None:
        return None
    found = round(found, 2)
    if found == 0:
        return None
    if found >= LARGEST_AREA:
        raise too_large()
    return found


def count(value: Any, heading: Heading) -> int | None:
    """A number of people, places or things."""
    found = positive(value, heading)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Bad("number", _("“%(value)s” is not a whole number."))
    if found > MANY:
        raise too_large()
    return int(found)


def money(value: Any, heading: Heading) -> Decimal | None:
    """Dirhams. A unit in the cell itself ("605 KDH", "605 DH") goes before that of the header."""
    unit = UNITS.get(heading.unit, Decimal(1))
    if isinstance(value, str):
        if heading.unit == "mmad" and (written := THREE_DECIMALS.match(value)):
            # "1,250" millions are one and a quarter, not a thousand.
            value = Decimal(f"{written[1]}.{written[2]}")
        elif found := CELL_UNIT.search(value):
            unit, value = UNITS[f"{found[1].lower()}mad"], value[: found.start()]
        elif DIRHAMS.search(value):
            unit = Decimal(1)
    amount = positive(value, heading)
    if amount is None:
        return None
    amount = round(amount * unit, 2)
    if amount >= LARGEST_SUM:
        raise too_large()
    return amount


PER_MONTH = re.compile(
    r"\s*(?:/|par|per|في)\s*(?:mois|month|m|الشهر)\.?\s*$|\s+(?:mensuels?|ht)\s*$", re.IGNORECASE
)


def monthly(value: Any, heading: Heading) -> Decimal | None:
    """Dirhams a month: "690 DH/mois", "690 DH HT"."""
    while isinstance(value, str) and (shorter := PER_MONTH.sub("", value)) != value:
        value = shorter
    return money(value, heading)


DAYS = frozenset({day, last_day, day_or_year})

SUMMED = frozenset({number, positive, area, count, money, monthly})
"""Readers of what people add up at the foot of a table."""


NOT_YET = frozenset(
    squash(word)
    for word in (
        *(
            "en cours",
            "en cours d'obtention",
            "en cours d'attribution",
            "en instance",
            "à venir",
            "pas encore",
            "pending",
        ),
        *("in progress", "في طور الإنجاز", "قيد الإنجاز"),
    )
)


def ice(value: Any, heading: Heading) -> str | None:
    """A placeholder (zeros, "en cours") is no ICE: the planner warns that it is missing."""
    if _nothing(value) or squash(str(value)) in NOT_YET or re.fullmatch(r"\s*0+(?:\.0+)?\s*", str(value)):
        return None
    try:
        return parse_ice(value)
    except BrokenIdentifier as broken:
        sentence = (
            _("“%(value)s” is not an ICE: its check digits are wrong. Copy it again from the certificate.")
            if broken.reason == "check"
            else _("“%(value)s” is not an ICE: it has 15 digits. Copy it again from the certificate.")
        )
        raise Bad("ice", sentence) from None


def digits(kind: str) -> Any:
    """A reader of identifiers without check digit: IF, RC, CNSS, TP."""

    def read(value: Any, heading: Heading) -> str | None:
        if _nothing(value):
            return None
        try:
            found = parse_digits(kind, value)
        except BrokenIdentifier:
            raise Bad("digits", _("“%(value)s” holds something else than digits.")) from None
        if len(found) > 20:
            raise Bad("digits", _("“%(value)s” is too long."))
        return found

    return read


def email(value: Any, heading: Heading) -> str | None:
    """One address. Of several in one cell the first is kept, and all must be right."""
    if _nothing(value):
        return None
    if named := re.fullmatch(r"[^<>]*<([^<>]+)>\s*", str(value)):
        value = named[1]  # Amina Berrada <amina@example.ma>
    written = str(value).replace(";", ",").replace("/", ",").replace("\n", ",")
    if written.count("@") > 1 and "," not in written:
        written = ",".join(written.split())
    try:
        addresses = [parse_email(piece) for piece in written.split(",") if piece.strip()]
    except BrokenEmail:
        raise Bad(
            "email", _("“%(value)s” is not an e-mail address. Write it like name@company.ma.")
        ) from None
    return addresses[0] if addresses else None


PHONE_LIMIT = 40


def phone(value: Any, heading: Heading) -> Phone | None:
    """Refuses only what is too long to keep: what cannot be dialled stays as it was typed, and the planner
    warns.

    Several numbers in one cell are kept side by side as far as there is room.
    """
    if _nothing(value):
        return None
    try:
        found = parse_phone(value)
    except UnreadablePhone:
        found = Phone(e164="", display=" ".join(str(value).split()), plausible=False, others=())
    display = " ".join(found.display.split())
    for other in found.others:
        if other.plausible and len(display) + len(other.display) + 3 <= PHONE_LIMIT:
            display += f" / {other.display}"
    if len(display) > PHONE_LIMIT:
        raise Bad("too long", _("“%(value)s” is too long: %(limit)s signs at most."), limit=PHONE_LIMIT)
    return Phone(e164=found.e164, display=display, plausible=found.plausible, others=found.others)
