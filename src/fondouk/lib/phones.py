"""Telephone numbers as people write them in a cell."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers

from fondouk.lib.text import ascii_digits, drop_invisible

_MOROCCO: Final = 212
# Numbering plan of Morocco: nine digits after +212; 5 fixed, 6 and 7 mobile, 8 and 9 special services. The
# library's list of allotted blocks lags behind the regulator's, so a block that it does not know is still
# plausible.
_NATIONAL: Final = re.compile("[5-9][0-9]{8}")
_MOROCCAN: Final = re.compile(r"(?:(?:\+|00)\s*212[\s.(-]*0?[\s.)-]*|0)[5-9](?:[\s.-]?[0-9]){8}(?![0-9])")
_BETWEEN: Final = re.compile(
    r"\s*(?:[/;,|&\n\r]|\s-\s|\bou\b|\bet\b|\bor\b|\band\b|(?<=\s)أو(?=\s))\s*", re.IGNORECASE
)
_EXTENSION: Final = re.compile(r"(?:\bposte\b|\bext\b|\bx(?=\d)).*$", re.IGNORECASE | re.DOTALL)
_WHOLE_NUMBER: Final = 8
_LONGEST_ENDING: Final = 4


class UnreadablePhone(ValueError):
    """Fewer than four digits: nothing that could be dialled."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(repr(value))


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` is "" where the digits cannot be dialled at all; `display` then shows them as they were
    written.
    """

    e164: str
    display: str
    plausible: bool
    others: tuple["Phone", ...] = ()


def parse_phone(value: object, region: str = "MA") -> Phone:
    """Read a number, national ones as of `region`. A cell with several gives the first, the rest in `others`.

    Numbers as spreadsheets store them (a lost leading 0, a trailing `.0`) are understood. An ending after a
    slash ("0522501234/35") stands for a second number that ends so. Raises `UnreadablePhone` under four
    digits; anything else comes back, `plausible` or not.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadablePhone(value)
    text = re.sub(r"^(\d+)\.0$", r"\1", ascii_digits(drop_invisible(str(value))).strip())
    if len(_digits(text)) < 4:
        raise UnreadablePhone(value)

    first, *rest = [_read(piece, region) for piece in _pieces(text)]
    return Phone(first.e164, first.display, first.plausible, tuple(rest))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _pieces(text: str) -> list[str]:
    """The numbers of a cell. A slash may also sit inside one number: 0522/50/12/34."""
    parts = [piece for part in _BETWEEN.split(text) if _digits(part) for piece in _side_by_side(part)]
    if len(_digits(parts[0])) < _WHOLE_NUMBER:
        return [text]
    pieces: list[str] = []
    for part in parts:
        digits = _digits(part)
        if len(digits) > _LONGEST_ENDING:
            pieces.append(part)
        elif not re.search(r"[^\W\d_]", part):  # "poste 12" and "bureau 3" are no endings
            stem = _EXTENSION.sub("", pieces[-1])
            plus = "+" if stem.lstrip().startswith("+") else ""
            pieces.append(plus + _digits(stem)[: -len(digits)] + digits)
    return pieces


def _side_by_side(text: str) -> list[str]:
    """Moroccan numbers with a blank, a dash or a label between them, where they account for every digit."""
    found = _MOROCCAN.findall(text)
    return found if _digits("".join(found)) == _digits(text) else [text]


def _read(text: str, region: str) -> Phone:
    written = text.strip()
    body = _EXTENSION.sub("", written)
    digits = _digits(body)
    abroad = re.match(r"[^0-9+]*(?:\+|00)", body) is not None
    if abroad:
        digits = _digits(re.sub(r"\(0\)", "", body)).removeprefix("00")
    elif region == "MA" and re.fullmatch("212(?:0?)[5-9][0-9]{8}", digits):
        abroad = True
    if abroad:
        digits = re.sub("^2120(?=[5-9][0-9]{8}$)", "212", digits)
    try:
        number = phonenumbers.parse(f"+{digits}" if abroad else digits, region)
    except phonenumbers.NumberParseException:
        return Phone("", written, False)

    national = str(number.national_number)
    if number.country_code == _MOROCCO:
        plausible = _NATIONAL.fullmatch(national) is not None
    else:
        plausible = phonenumbers.is_valid_number(number)
    if number.country_code == _MOROCCO and len(national) == 9:
        display = f"+212 {national[0]} " + " ".join(national[i : i + 2] for i in range(1, 9, 2))
    else:
        display = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), display, plausible)
