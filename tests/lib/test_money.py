"""Money adds up, and amounts are read as people type them."""

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.formats import format_money
from fondouk.lib.money import (
    MixedCurrencies,
    Money,
    UnreadableAmount,
    allocate,
    minor_unit,
    parse_amount,
    round_money,
)


def mad(amount: str | int) -> Money:
    return Money(Decimal(amount), "MAD")


amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=2, allow_nan=False, allow_infinity=False)


def test_sums_and_products() -> None:
    assert mad("10.50") + mad("0.50") == mad(11)
    assert mad(10) - mad(12) == mad(-2)
    assert mad("10.50") * 2 == 2 * mad("10.50") == mad(21)
    assert mad(100) * Decimal("0.2") == mad(20)
    assert sum([mad(1), mad(2)], Money.zero("MAD")) == mad(3)
    assert -mad(1) == mad(-1)
    assert abs(mad(-1)) == mad(1)
    assert mad(1) < mad(2) <= mad(2)
    assert mad(2) > mad(1) >= mad(1)
    assert not mad(0)


def test_currencies_do_not_mix() -> None:
    euro = Money(Decimal(1), "EUR")
    for mix in (lambda: mad(1) + euro, lambda: mad(1) - euro, lambda: mad(1) < euro, lambda: mad(1) >= euro):
        with pytest.raises(MixedCurrencies) as caught:
            mix()
        assert {caught.value.left, caught.value.right} == {"MAD", "EUR"}
    assert mad(1) != euro


def test_a_float_is_no_amount() -> None:
    wrong: Any = 0.1
    with pytest.raises(TypeError):
        Money(wrong, "MAD")
    with pytest.raises(TypeError):
        mad(1) * wrong
    with pytest.raises(UnreadableAmount):
        Money(Decimal("NaN"), "MAD")
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(Decimal(1), "DH")


@pytest.mark.parametrize(
    ("currency", "amount", "rounded"),
    [
        ("MAD", "1.005", "1.01"),
        ("MAD", "-1.005", "-1.01"),
        ("MAD", "1.0049", "1.00"),
        ("JPY", "1.5", "2"),
        ("TND", "1.0005", "1.001"),
    ],
)
def test_rounding_is_half_up_to_the_minor_unit(currency: str, amount: str, rounded: str) -> None:
    assert str(round_money(Money(Decimal(amount), currency)).amount) == rounded


def test_a_hundred_dirhams_in_three() -> None:
    assert allocate(mad(100), 3) == [mad("33.34"), mad("33.33"), mad("33.33")]


def test_allocation_by_ratios_serves_the_largest_remainder_first() -> None:
    assert allocate(mad("0.05"), [7, 3]) == [mad("0.04"), mad("0.01")]
    assert allocate(mad("0.10"), [1, 1, 4]) == [mad("0.02"), mad("0.02"), mad("0.06")]
    assert allocate(mad(1), [0, 1]) == [mad(0), mad(1)]


@pytest.mark.parametrize("shares", [0, -1, [], [0, 0], [2, -1]])
def test_allocation_to_nobody_is_refused(shares: int | list[int]) -> None:
    with pytest.raises(ValueError, match="shares"):
        allocate(mad(1), shares)


@given(amounts, st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(any))
def test_allocation_never_loses_a_centime(amount: Decimal, ratios: list[int]) -> None:
    whole = Money(amount, "MAD")
    parts = allocate(whole, ratios)
    assert sum(parts, Money.zero("MAD")) == whole
    assert all(part == round_money(part) for part in parts)
    assert all(not part for part, ratio in zip(parts, ratios, strict=True) if ratio == 0)
    total = sum(ratios)
    for part, ratio in zip(parts, ratios, strict=True):
        assert abs(part.amount - amount * ratio / total) < minor_unit("MAD")


@given(amounts, st.integers(1, 50))
def test_equal_parts_differ_by_a_centime_at_most(amount: Decimal, count: int) -> None:
    parts = [part.amount for part in allocate(Money(amount, "MAD"), count)]
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= minor_unit("MAD")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", "1200"),
        ("605,00", "605"),
        ("61,30", "61.3"),
        ("1 200,50", "1200.5"),
        ("1\u00a0200,50", "1200.5"),
        ("1\u202f200,50", "1200.5"),
        ("1 234 567", "1234567"),
        ("1.200,50", "1200.5"),
        ("1,200.50", "1200.5"),
        ("1.200.000", "1200000"),
        ("1'200.50", "1200.5"),
        (",5", "0.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("(5)", "-5"),
        ("(1 200,50 DH)", "-1200.5"),
        ("3 560,00 DH", "3560"),
        ("5dhs", "5"),
        ("5 Dirhams", "5"),
        ("DH 5", "5"),
        ("MAD 1,656.00", "1656"),
        ("MAD -5", "-5"),
        ("12 د.م.\u200f", "12"),
        ("12 درهم", "12"),
        ("184.250 درهم", "184250"),
        ("٣٥٦٠٫٥٠", "3560.5"),
        ("۱۲٬۳۴۵", "12345"),
    ],
)
def test_amounts_as_people_type_them(typed: str, amount: str) -> None:
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,200", "1200"),
        ("1.200", "1200"),
        ("999,999", "999999"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1 200,500", "1200.5"),
        ("1,20", "1.2"),
        ("1.2000", "1.2"),
    ],
)
def test_three_digits_after_a_lone_separator_are_thousands(typed: str, amount: str) -> None:
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "5 €",
        "5 EUR",
        "12 34",
        "1 2000",
        "1.2.3",
        "1,2,3",
        "5,",
        "--5",
        "-(5)",
        "(-5)",
        "1e5",
        "²",
        "500\n600",
        "1.200,00.5",
        "1 200 DH TTC",
        "DH",
        "()",
        "NaN",
        "1,200,00",
    ],
)
def test_what_is_not_certainly_an_amount_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableAmount) as caught:
        parse_amount(typed)
    assert caught.value.text == typed


def test_numbers_pass_through() -> None:
    assert parse_amount(5) == Decimal(5)
    assert parse_amount(0.1) == Decimal("0.1")
    assert parse_amount(Decimal("1.234")) == Decimal("1.234")


@pytest.mark.parametrize(
    "value", [None, True, float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), [1]]
)
def test_values_that_are_no_amount_are_refused(value: object) -> None:
    with pytest.raises(UnreadableAmount):
        parse_amount(value)


@given(amounts, st.sampled_from(["fr", "ar", "en"]))
def test_formatted_dirhams_are_read_back(amount: Decimal, language: str) -> None:
    assert parse_amount(format_money(Money(amount, "MAD"), language)) == amount


@given(st.integers(-(10**10), 10**10), st.sampled_from(["fr", "ar", "en"]))
def test_whole_formatted_dirhams_are_read_back(amount: int, language: str) -> None:
    assert parse_amount(format_money(mad(amount), language, cents=False)) == amount


@given(st.text())
def test_any_text_is_an_amount_or_unreadable(text: str) -> None:
    with contextlib.suppress(UnreadableAmount):
        assert parse_amount(text).is_finite()
