"""Money is an amount and a currency; and what people type as an amount."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final, Self

from babel.numbers import get_currency_precision

from fondouk.lib.text import ascii_digits, drop_invisible


class MixedCurrencies(ValueError):
    """Dirhams and euros were to be added or compared."""

    def __init__(self, left: str, right: str) -> None:
        self.left = left
        self.right = right
        super().__init__(f"{left} with {right}")


class UnreadableAmount(ValueError):
    """Not an amount, or not certainly one."""

    def __init__(self, text: object) -> None:
        self.text = str(text)
        super().__init__(self.text)


@dataclass(frozen=True, slots=True)
class Money:
    """A finite amount in an ISO 4217 currency. Arithmetic is exact; round with `round_money` when it must be
    paid.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"amount must be a Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise UnreadableAmount(self.amount)
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """The start of a sum: `sum(amounts, Money.zero("MAD"))`."""
        return cls(Decimal(0), currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MixedCurrencies(self.currency, other.currency)

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        if isinstance(factor, bool) or not isinstance(factor, Decimal | int):
            return NotImplemented
        return Money(self.amount * factor, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __gt__(self, other: "Money") -> bool:
        return other < self

    def __ge__(self, other: "Money") -> bool:
        return other <= self


def minor_unit(currency: str) -> Decimal:
    """The smallest sum that can be paid: 0.01 MAD, 1 JPY, 0.001 TND."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def round_half_up(value: Decimal, step: Decimal) -> Decimal:
    """To the nearest multiple of `step`, a power of ten; halves go away from zero."""
    return value.quantize(step, rounding=ROUND_HALF_UP)


def round_money(money: Money) -> Money:
    """To the currency's minor unit; halves go away from zero."""
    return Money(round_half_up(money.amount, minor_unit(money.currency)), money.currency)


def allocate(money: Money, shares: int | Sequence[int | Decimal]) -> list[Money]:
    """Divide into equal parts (a number), or by ratios (a sequence), without losing or making a centime.

    The parts add up to `round_money(money)`. Left-over minor units go to the largest remainders, the first
    of equals first. A share of 0 gets nothing. Raises ValueError where there is no share to give to.
    """
    ratios = [Decimal(1)] * shares if isinstance(shares, int) else [Decimal(share) for share in shares]
    total = sum(ratios, Decimal(0))
    if total <= 0 or any(ratio < 0 for ratio in ratios):
        raise ValueError("allocate() needs shares that are not negative and not all zero")
    unit = minor_unit(money.currency)
    rounded = round_money(money).amount
    sign = -1 if rounded < 0 else 1
    units = int(abs(rounded) / unit)

    exact = [units * ratio / total for ratio in ratios]
    whole = [int(part.to_integral_value(rounding=ROUND_FLOOR)) for part in exact]
    takers = sorted(
        (i for i, ratio in enumerate(ratios) if ratio), key=lambda i: exact[i] - whole[i], reverse=True
    )
    for i in takers[: units - sum(whole)]:
        whole[i] += 1
    return [Money(sign * count * unit, money.currency) for count in whole]


_MINUS: Final = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"), "-")
# Not tabs or line ends: two amounts in one cell are not one large amount.
_SPACES: Final = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000'\u2019]+")
_DIRHAM: Final = r"(?:mad|dhs?|dirhams?|دراهم|درهما?|د\s?\.?\s?م\s?\.?)"
_BEFORE: Final = re.compile(rf"^([-+(]?)\s*{_DIRHAM}\.?\s*(?=[-+(0-9.,])", re.IGNORECASE)
_AFTER: Final = re.compile(rf"(?<=[0-9)])\s*{_DIRHAM}\.?\s*(\)?)$", re.IGNORECASE)
_SIGNED: Final = re.compile(r"(?P<sign>[-+]?)\s*(?P<body>[0-9.,][0-9., ]*)")
_GROUPED: Final = re.compile(r"\d{1,3}(?: \d{3})+")


def parse_amount(value: object) -> Decimal:
    """Read an amount as people type it. Numbers pass through (a float by its repr).

    Spaces of every width, and apostrophes, group thousands. A dirham sign or word may stand before or after;
    any other currency or word is refused rather than dropped. Brackets mean a debit: (5) is -5.

    With both a comma and a dot, the last one is the decimal separator. A lone comma or dot is a decimal
    separator, **unless exactly three digits follow and one to three, not a zero alone, precede**: then it
    groups thousands, because dirhams have two decimals and never three. So 1,200 and 1.200 are 1200; 605,00
    is 605; 0,125 and 1234,567 have decimals; and so has 1 200,500, where a space already groups.

    Raises `UnreadableAmount`.
    """
    if isinstance(value, bool) or value is None:
        raise UnreadableAmount(value)
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise UnreadableAmount(value)
        return number
    if not isinstance(value, str):
        raise UnreadableAmount(value)

    text = ascii_digits(drop_invisible(value)).translate(_MINUS).replace("٫", ",").replace("٬", " ")
    text = _SPACES.sub(" ", text).strip()
    text = _BEFORE.sub(r"\1", text)
    text = _AFTER.sub(r"\1", text).strip()

    bracketed = re.fullmatch(r"\(\s*([^()+-]+?)\s*\)", text)
    signed = _SIGNED.fullmatch(bracketed.group(1) if bracketed else text)
    if signed is None:
        raise UnreadableAmount(value)
    number = _unsigned(signed.group("body"), value)
    return -number if bracketed or signed.group("sign") == "-" else number


def _unsigned(body: str, source: object) -> Decimal:
    comma, dot = body.rfind(","), body.rfind(".")
    if comma >= 0 and dot >= 0:
        separator, group = (",", ".") if comma > dot else (".", ",")
        whole, _, decimals = body.rpartition(separator)
        if separator in whole or " " in body:
            raise UnreadableAmount(source)
        return _join(whole.replace(group, " "), decimals, source)
    separator = "," if comma >= 0 else "."
    whole, mark, decimals = body.rpartition(separator)
    if not mark:
        return _join(body, "", source)
    if separator in whole:
        return _join(body.replace(separator, " ") if " " not in body else "", "", source)
    if len(decimals) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole):
        return _join(whole + " " + decimals, "", source)
    if not decimals:
        raise UnreadableAmount(source)
    return _join(whole or "0", decimals, source)


def _join(whole: str, decimals: str, source: object) -> Decimal:
    grouped = " " in whole
    if (grouped and not _GROUPED.fullmatch(whole)) or not whole or (decimals and not decimals.isdigit()):
        raise UnreadableAmount(source)
    return Decimal(whole.replace(" ", "") + ("." + decimals if decimals else ""))
