"""Readers of cells: what people type, as values, or a `Bad` that says what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.lib.dates import UnreadableDate, parse_date, parse_date_or_year
from fondouk.lib.emails import BrokenEmail, parse_email
from fondouk.lib.identifiers import BrokenIdentifier, parse_digits, parse_ice
from fondouk.lib.money import UnreadableAmount, parse_amount
from fondouk.lib.phones import Phone, UnreadablePhone, parse_phone

from .schema import Bad, Heading

NOTHING = frozenset({"", "-", "--", "—", "–", "/", "n/a", "na", "néant", "neant", "nc", "n.c.", "nd", "?", "x", "."})
"""What people type for "nothing to say"."""

UNITS = {"kmad": Decimal(1000), "mmad": Decimal(1_000_000)}

HUGE = Decimal(10) ** 15


def _nothing(value: Any) -> bool:
    return isinstance(value, str) and value.strip().casefold() in NOTHING


def text(value: Any, heading: Heading) -> str | None:
    """Spaces tidied. A number typed as a text loses its ".0"."""
    if _nothing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cleaned = " ".join(str(value).replace("\x00", "").split())
    return cleaned[:300] or None


def day(value: Any, heading: Heading) -> date | None:
    if _nothing(value):
        return None
    try:
        return parse_date(value)
    except UnreadableDate:
        raise Bad(
            "dates", _("“%(value)s” is not a date. Write it as day/month/year, for example 31/12/2026.")
        ) from None


def day_or_year(value: Any, heading: Heading) -> tuple[date, str] | None:
    """A date and how exactly it is known."""
    if _nothing(value):
        return None
    try:
        return parse_date_or_year(value)
    except UnreadableDate:
        raise Bad("dates", _("“%(value)s” is neither a date nor a year.")) from None


def number(value: Any, heading: Heading) -> Decimal | None:
    """Any number, as it is written; units of the header or the cell are set aside."""
    if _nothing(value):
        return None
    if isinstance(value, str):
        lowered = value.strip().casefold()
        for ending in ("m²", "m2", "م²", "%", "personnes", "pers.", "pers", "places", "place"):
            if lowered.endswith(ending):
                value = value.strip()[: -len(ending)]
                break
    try:
        found = parse_amount(value)
    except UnreadableAmount:
        raise Bad(
            "number", _("“%(value)s” is not a number. Write digits only, for example 1 200,50.")
        ) from None
    if abs(found) >= HUGE:
        raise Bad("number", _("“%(value)s” is too large to be true."))
    return found


def positive(value: Any, heading: Heading) -> Decimal | None:
    found = number(value, heading)
    if found is not None and found < 0:
        raise Bad("negative", _("“%(value)s” is negative. Write zero or more."))
    return found


def area(value: Any, heading: Heading) -> Decimal | None:
    """m²; nothing is smaller than a hundredth."""
    found = positive(value, heading)
    if found is None:
        return None
    found = round(found, 2)
    if found == 0:
        return None
    if found >= 1_000_000:
        raise Bad("number", _("“%(value)s” is too large to be true."))
    return found


def count(value: Any, heading: Heading) -> int | None:
    """A number of people, places or things."""
    found = positive(value, heading)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Bad("number", _("“%(value)s” is not a whole number."))
    if found > 1_000_000:
        raise Bad("number", _("“%(value)s” is too large to be true."))
    return int(found)


def money(value: Any, heading: Heading) -> Decimal | None:
    """Dirhams, whatever the unit in the header: thousands (KDH) or millions (MDH) are multiplied."""
    found = positive(value, heading)
    if found is None:
        return None
    return round(found * UNITS.get(heading.unit, Decimal(1)), 2)


def ice(value: Any, heading: Heading) -> str | None:
    if _nothing(value):
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
    written = str(value).replace(";", ",").replace("/", ",").replace("\n", ",")
    try:
        addresses = [parse_email(piece) for piece in written.split(",") if piece.strip()]
    except BrokenEmail:
        raise Bad(
            "email", _("“%(value)s” is not an e-mail address. Write it like name@company.ma.")
        ) from None
    return addresses[0] if addresses else None


def phone(value: Any, heading: Heading) -> Phone | None:
    """Never refuses: what cannot be dialled is kept as it was typed, and warned about by the planner."""
    if _nothing(value):
        return None
    try:
        return parse_phone(value)
    except UnreadablePhone:
        return Phone(e164="", display=" ".join(str(value).split())[:40], plausible=False, others=())
