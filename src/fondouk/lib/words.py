"""Amounts in words, as the last line of an invoice wants them.

`num2words` gives French and English integers. Its Arabic ones are faulty (it says "a thousand thousand" for
101,000, drops the ending of 200 and 2,000 before nothing, and leaves the conjunction standing alone), so
Arabic is written here.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from num2words import num2words

from fondouk.lib.money import Money, round_money

_LARGEST: Final = 999_999_999_999


class UnspeakableAmount(ValueError):
    """`reason`: "currency" (only MAD has words), "size" (over 999 999 999 999), "language"."""

    def __init__(self, money: Money, language: str, reason: Literal["currency", "size", "language"]) -> None:
        self.money = money
        self.language = language
        self.reason = reason
        super().__init__(f"{money.amount} {money.currency} in {language}: {reason}")


def amount_in_words(money: Money, language: str) -> str:
    """Dirhams and centimes in words, in "fr", "ar" or "en"; rounded half up to the centime.

    Centimes are left out where there are none, dirhams where there are only centimes. A negative amount
    starts with "moins", "ناقص", "minus".
    """
    if language not in _SPEAKERS:
        raise UnspeakableAmount(money, language, "language")
    if money.currency != "MAD":
        raise UnspeakableAmount(money, language, "currency")
    amount = round_money(money).amount
    whole, centimes = divmod(int(abs(amount) * 100), 100)
    if whole > _LARGEST:
        raise UnspeakableAmount(money, language, "size")
    speak, minus, conjunction = _SPEAKERS[language]
    parts = [speak(whole, "dirham")] if whole or not centimes else []
    if centimes:
        parts.append(speak(centimes, "centime"))
    words = conjunction.join(parts)
    return f"{minus} {words}" if amount < Decimal(0) else words


def _french(count: int, noun: str) -> str:
    number = str(num2words(count, lang="fr"))
    # "un million de dirhams", but "un million deux cents dirhams": million is a noun, deux cents is not.
    link = " de " if count >= 1_000_000 and count % 1_000_000 == 0 else " "
    return number + link + noun + ("s" if count > 1 else "")


def _english(count: int, noun: str) -> str:
    return str(num2words(count, lang="en")).replace(",", "") + " " + noun + ("" if count == 1 else "s")


@dataclass(frozen=True, slots=True)
class _Noun:
    """Forms of a masculine Arabic noun after a number; `dual_construct` where another noun follows."""

    single: str
    dual: str
    dual_construct: str
    plural: str
    accusative: str


_DIRHAM: Final = _Noun("درهم", "درهمان", "درهما", "دراهم", "درهما")
_CENTIME: Final = _Noun("سنتيم", "سنتيمان", "سنتيما", "سنتيمات", "سنتيما")
_SCALES: Final = (
    (10**9, _Noun("مليار", "ملياران", "مليارا", "ملايير", "مليارا")),
    (10**6, _Noun("مليون", "مليونان", "مليونا", "ملايين", "مليونا")),
    (10**3, _Noun("ألف", "ألفان", "ألفا", "آلاف", "ألفا")),
)
# The digits 3 to 10 take the ending ـة because the counted nouns are masculine.
_UNITS: Final = (
    "",
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
    "تسعة",
    "عشرة",
    "أحد عشر",
    "اثنا عشر",
    "ثلاثة عشر",
    "أربعة عشر",
    "خمسة عشر",
    "ستة عشر",
    "سبعة عشر",
    "ثمانية عشر",
    "تسعة عشر",
)
_TENS: Final = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS: Final = (
    "",
    "مائة",
    "مائتان",
    "ثلاثمائة",
    "أربعمائة",
    "خمسمائة",
    "ستمائة",
    "سبعمائة",
    "ثمانمائة",
    "تسعمائة",
)
_AND: Final = " و"


def _below_hundred(count: int) -> str:
    if count < 20:
        return _UNITS[count]
    tens, unit = divmod(count, 10)
    return _AND.join(filter(None, (_UNITS[unit], _TENS[tens])))


def _counted(count: int, noun: _Noun, *, construct: bool) -> list[str]:
    """The pieces of 1 to 999 things, to be joined by "and". `construct`: another noun follows directly."""
    hundreds, rest = divmod(count, 100)
    dual = noun.dual_construct if construct else noun.dual
    pieces = [_HUNDREDS[hundreds]] if hundreds else []
    if rest in (0, 1, 2) and hundreds:
        # 100, 101 and 102 thousand: "a hundred thousand [and a thousand, and two thousand]".
        pieces = [("مائتا" if hundreds == 2 else _HUNDREDS[hundreds]) + " " + noun.single]
    if rest == 1:
        pieces.append(noun.single)
    elif rest == 2:
        pieces.append(dual)
    elif 3 <= rest <= 10:
        pieces.append(f"{_UNITS[rest]} {noun.plural}")
    elif rest:
        pieces.append(f"{_below_hundred(rest)} {noun.single if construct else noun.accusative}")
    return pieces


def _arabic_of(count: int, noun: _Noun) -> str:
    """Any count of a masculine noun. The last two digits rule its form; after hundreds, 1 and 2 repeat it.

    So 101 is "a hundred dirhams and one dirham", as grammars have it.
    """
    if count == 0:
        return f"صفر {noun.single}"
    last = count % 100
    before = count - last if last <= 2 else count - count % 1000
    pieces: list[str] = []
    left = before
    for size, scale in _SCALES:
        group, left = divmod(left, size)
        if group:
            pieces += _counted(group, scale, construct=left == 0 and last <= 2)
    if last <= 2:
        if left:
            pieces.append("مائتا" if left == 200 else _HUNDREDS[left // 100])
        if pieces:
            pieces[-1] += f" {noun.single}"
        if last:
            pieces.append(f"{noun.single} واحد" if last == 1 else noun.dual)
    else:
        pieces += _counted(count % 1000, noun, construct=False)
    return _AND.join(pieces)


def _arabic(count: int, noun: str) -> str:
    return _arabic_of(count, _DIRHAM if noun == "dirham" else _CENTIME)


_SPEAKERS: Final = {
    "fr": (_french, "moins", " et "),
    "ar": (_arabic, "ناقص", _AND),
    "en": (_english, "minus", " and "),
}
