"""Moroccan identifiers: read from what people and spreadsheets write, checked where a check exists."""

import re
from typing import Final, Literal

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.exceptions import ValidationError
from stdnum.ma import ice

from fondouk.lib.text import ascii_digits, drop_invisible

Reason = Literal["length", "digits", "check", "country"]

_ICE_LENGTH: Final = 15
_ICE_SHORTEST: Final = 11
_RIB_LENGTH: Final = 24
_IBAN_LENGTH: Final = 28


class BrokenIdentifier(ValueError):
    """`kind` is "ICE", "RIB", "IBAN", "IF", "RC", "CNSS", "TP"; `reason` is a `Reason`:

    "length" (too short, too long, empty), "digits" (something else than digits), "check" (the key is wrong),
    "country" (an IBAN that is not Moroccan).
    """

    def __init__(self, kind: str, value: object, reason: Reason) -> None:
        self.kind = kind
        self.value = value
        self.reason: Reason = reason
        super().__init__(f"{kind} {value!r}: {reason}")


def _written(kind: str, value: object) -> str:
    """As text: numbers without exponent or `.0`, digits 0-9, no label of its own in front."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BrokenIdentifier(kind, value, "digits" if value is not None else "length")
    if isinstance(value, int | float) and value < 0:
        raise BrokenIdentifier(kind, value, "digits")
    if isinstance(value, float):
        # Above 2**53 a spreadsheet has already lost the last digits.
        if not value.is_integer() or abs(value) > 2**53:
            raise BrokenIdentifier(kind, value, "digits")
        value = int(value)
    text = ascii_digits(drop_invisible(str(value))).strip()
    label = r"\W*".join(kind)
    text = re.sub(rf"^{label}(?![^\W\d_])\W*", "", text, flags=re.IGNORECASE)
    return re.sub(r"^(\d+)[.,]0$", r"\1", text)


def _only_digits(kind: str, value: object, text: str) -> str:
    if not text:
        raise BrokenIdentifier(kind, value, "length")
    if not re.fullmatch("[0-9]+", text):
        raise BrokenIdentifier(kind, value, "digits")
    return text


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-\u2010-\u2013/_]", "", text)


def parse_ice(value: object) -> str:
    """The 15 digits of an *identifiant commun de l'entreprise*: 9 + 4 + 2, the whole divisible by 97.

    Leading zeros that a spreadsheet dropped are restored where 11 to 14 digits are left: no more than four
    zeros are ever believed. Shorter ones are broken, since any stray number would pass once in 97.
    """
    digits = _only_digits("ICE", value, _compact(_written("ICE", value)))
    if not _ICE_SHORTEST <= len(digits) <= _ICE_LENGTH:
        raise BrokenIdentifier("ICE", value, "length")
    digits = digits.zfill(_ICE_LENGTH)
    try:
        ice.validate(digits)
    except ValidationError as error:
        raise BrokenIdentifier("ICE", value, "check") from error
    return digits


def rib_key(first22: str) -> str:
    """The two digits that close a RIB, 01 to 97."""
    if not re.fullmatch("[0-9]{22}", first22):
        raise BrokenIdentifier("RIB", first22, "digits" if len(first22) == 22 else "length")
    return f"{97 - int(first22 + '00') % 97:02d}"


def parse_rib(value: object) -> str:
    """The 24 digits of a bank account: 3 bank, 3 locality, 16 account, 2 key.

    Text only: a spreadsheet cannot hold 24 digits in a number.
    """
    digits = _only_digits("RIB", value, _compact(_written("RIB", value)))
    if len(digits) != _RIB_LENGTH:
        raise BrokenIdentifier("RIB", value, "length")
    if rib_key(digits[:-2]) != digits[-2:]:
        raise BrokenIdentifier("RIB", value, "check")
    return digits


def rib_to_iban(rib: object) -> str:
    """The IBAN of a RIB, in its 28 signs without spaces."""
    return str(IBAN.from_bban("MA", parse_rib(rib)))


def parse_iban_ma(value: object) -> str:
    """A Moroccan IBAN in its 28 signs without spaces: its own check digits, and the key of the RIB inside."""
    text = _compact(_written("IBAN", value)).upper()
    if not text:
        raise BrokenIdentifier("IBAN", value, "length")
    if not text.startswith("MA"):
        foreign = re.match("[A-Z]{2}[0-9]{2}", text)
        raise BrokenIdentifier("IBAN", value, "country" if foreign else "digits")
    _only_digits("IBAN", value, text[2:] or "x")
    if len(text) != _IBAN_LENGTH:
        raise BrokenIdentifier("IBAN", value, "length")
    try:
        IBAN(text)
        parse_rib(text[4:])
    except (SchwiftyException, BrokenIdentifier) as error:
        raise BrokenIdentifier("IBAN", value, "check") from error
    return text


def parse_digits(kind: str, value: object) -> str:
    """IF, RC, CNSS, TP: digits, for which no check is known. Spaces, a label in front and a spreadsheet's
    `.0` are dropped.

    Leading zeros that are written stay. 1 to 20 digits.
    """
    digits = _only_digits(kind, value, re.sub(r"\s", "", _written(kind, value)))
    if len(digits) > 20:
        raise BrokenIdentifier(kind, value, "length")
    return digits
