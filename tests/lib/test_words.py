"""Amounts in words, proofread by hand."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.money import Money
from fondouk.lib.words import UnspeakableAmount, amount_in_words


def say(amount: str | int | Decimal, language: str) -> str:
    return amount_in_words(Money(Decimal(amount), "MAD"), language)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zéro dirham"),
        ("1", "un dirham"),
        ("2", "deux dirhams"),
        ("21", "vingt et un dirhams"),
        ("71", "soixante et onze dirhams"),
        ("80", "quatre-vingts dirhams"),
        ("81", "quatre-vingt-un dirhams"),
        ("91", "quatre-vingt-onze dirhams"),
        ("100", "cent dirhams"),
        ("200", "deux cents dirhams"),
        ("201", "deux cent un dirhams"),
        ("1000", "mille dirhams"),
        ("1001", "mille un dirhams"),
        ("2000", "deux mille dirhams"),
        ("80000", "quatre-vingt mille dirhams"),
        ("200000", "deux cent mille dirhams"),
        ("1000000", "un million de dirhams"),
        ("1000200", "un million deux cents dirhams"),
        ("3000000", "trois millions de dirhams"),
        ("80000000", "quatre-vingts millions de dirhams"),
        ("200000000", "deux cents millions de dirhams"),
        ("1000000000", "un milliard de dirhams"),
        ("2500000000", "deux milliards cinq cents millions de dirhams"),
        ("1200.50", "mille deux cents dirhams et cinquante centimes"),
        ("1.01", "un dirham et un centime"),
        ("0.80", "quatre-vingts centimes"),
        ("-5", "moins cinq dirhams"),
        ("4.995", "cinq dirhams"),
    ],
)
def test_in_french(amount: str, words: str) -> None:
    assert say(amount, "fr") == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "صفر درهم"),
        ("1", "درهم واحد"),
        ("2", "درهمان"),
        ("3", "ثلاثة دراهم"),
        ("8", "ثمانية دراهم"),
        ("10", "عشرة دراهم"),
        ("11", "أحد عشر درهما"),
        ("12", "اثنا عشر درهما"),
        ("15", "خمسة عشر درهما"),
        ("20", "عشرون درهما"),
        ("21", "واحد وعشرون درهما"),
        ("22", "اثنان وعشرون درهما"),
        ("99", "تسعة وتسعون درهما"),
        ("100", "مائة درهم"),
        ("101", "مائة درهم ودرهم واحد"),
        ("102", "مائة درهم ودرهمان"),
        ("103", "مائة وثلاثة دراهم"),
        ("111", "مائة وأحد عشر درهما"),
        ("200", "مائتا درهم"),
        ("202", "مائتا درهم ودرهمان"),
        ("203", "مائتان وثلاثة دراهم"),
        ("300", "ثلاثمائة درهم"),
        ("800", "ثمانمائة درهم"),
        ("1000", "ألف درهم"),
        ("1001", "ألف درهم ودرهم واحد"),
        ("1200", "ألف ومائتا درهم"),
        ("2000", "ألفا درهم"),
        ("2003", "ألفان وثلاثة دراهم"),
        ("2200", "ألفان ومائتا درهم"),
        ("3000", "ثلاثة آلاف درهم"),
        ("11000", "أحد عشر ألف درهم"),
        ("12500", "اثنا عشر ألفا وخمسمائة درهم"),
        ("100000", "مائة ألف درهم"),
        ("101000", "مائة ألف وألف درهم"),
        ("102000", "مائة ألف وألفا درهم"),
        ("103000", "مائة وثلاثة آلاف درهم"),
        ("184250", "مائة وأربعة وثمانون ألفا ومائتان وخمسون درهما"),
        ("200000", "مائتا ألف درهم"),
        ("1000000", "مليون درهم"),
        ("2000000", "مليونا درهم"),
        ("3000000", "ثلاثة ملايين درهم"),
        ("11000000", "أحد عشر مليون درهم"),
        ("2500000000", "ملياران وخمسمائة مليون درهم"),
        ("0.01", "سنتيم واحد"),
        ("0.02", "سنتيمان"),
        ("0.50", "خمسون سنتيما"),
        ("2.02", "درهمان وسنتيمان"),
        ("3.03", "ثلاثة دراهم وثلاثة سنتيمات"),
        ("1656.99", "ألف وستمائة وستة وخمسون درهما وتسعة وتسعون سنتيما"),
        ("-5", "ناقص خمسة دراهم"),
    ],
)
def test_in_arabic(amount: str, words: str) -> None:
    assert say(amount, "ar") == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zero dirhams"),
        ("1", "one dirham"),
        ("1200.50", "one thousand two hundred dirhams and fifty centimes"),
        ("1000000", "one million dirhams"),
        ("0.01", "one centime"),
        ("-21", "minus twenty-one dirhams"),
    ],
)
def test_in_english(amount: str, words: str) -> None:
    assert say(amount, "en") == words


@pytest.mark.parametrize(
    ("money", "language", "reason"),
    [
        (Money(Decimal(1), "EUR"), "fr", "currency"),
        (Money(Decimal(1), "MAD"), "zgh", "language"),
        (Money(Decimal(10**12), "MAD"), "ar", "size"),
    ],
)
def test_what_cannot_be_said_is_refused_with_a_reason(money: Money, language: str, reason: str) -> None:
    with pytest.raises(UnspeakableAmount) as caught:
        amount_in_words(money, language)
    assert caught.value.reason == reason


centimes = st.one_of(
    st.integers(0, 10**6),
    st.integers(0, 99_999_999_999_999),
    st.integers(0, 999_999_999_999).map(lambda n: n * 100),
)


@given(centimes, st.sampled_from(["fr", "ar", "en"]))
def test_words_are_never_empty_and_bear_no_digit(count: int, language: str) -> None:
    words = say(Decimal(count) / 100, language)
    assert words.strip() == words != ""
    assert not re.search(r"\d", words)
    assert "  " not in words


@given(st.lists(centimes, min_size=2, max_size=2, unique=True), st.sampled_from(["fr", "ar", "en"]))
def test_two_amounts_never_sound_the_same(counts: list[int], language: str) -> None:
    first, second = (say(Decimal(count) / 100, language) for count in counts)
    assert first != second


def test_every_amount_up_to_ten_thousand_has_its_own_arabic_words() -> None:
    assert len({say(amount, "ar") for amount in range(10_000)}) == 10_000
