"""Telephone numbers as they stand in the cells of a tenants' list."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.phones import Phone, UnreadablePhone, parse_phone


@pytest.mark.parametrize(
    ("written", "e164", "display"),
    [
        ("0744035971", "+212744035971", "+212 7 44 03 59 71"),
        ("00212 591546667", "+212591546667", "+212 5 91 54 66 67"),
        ("052 38 34 13 0", "+212523834130", "+212 5 23 83 41 30"),
        ("+212627730163", "+212627730163", "+212 6 27 73 01 63"),
        ("212627730163", "+212627730163", "+212 6 27 73 01 63"),
        (627730163, "+212627730163", "+212 6 27 73 01 63"),
        (627730163.0, "+212627730163", "+212 6 27 73 01 63"),
        ("627730163.0", "+212627730163", "+212 6 27 73 01 63"),
        ("+212 (0)5 22 50 12 34", "+212522501234", "+212 5 22 50 12 34"),
        ("+2120522501234", "+212522501234", "+212 5 22 50 12 34"),
        ("Tél. : 05.22.50.12.34 poste 12", "+212522501234", "+212 5 22 50 12 34"),
        ("0522/50/12/34", "+212522501234", "+212 5 22 50 12 34"),
        ("\u202a0522-50-12-34\u202c", "+212522501234", "+212 5 22 50 12 34"),
        ("٠٥٢٢٥٠١٢٣٤", "+212522501234", "+212 5 22 50 12 34"),
        ("+33 6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
        ("0033612345678", "+33612345678", "+33 6 12 34 56 78"),
    ],
)
def test_one_number(written: object, e164: str, display: str) -> None:
    assert parse_phone(written) == Phone(e164, display, plausible=True)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0522501234/0661123456", ["+212522501234", "+212661123456"]),
        ("0522 50 12 34 ; 0661 12 34 56", ["+212522501234", "+212661123456"]),
        ("0522-50-12-34 - 0661-12-34-56", ["+212522501234", "+212661123456"]),
        ("0522501234 ou +212 661 12 34 56", ["+212522501234", "+212661123456"]),
        ("0522501234\n0661123456", ["+212522501234", "+212661123456"]),
        ("0522501234, poste 12 / 0661123456", ["+212522501234", "+212661123456"]),
        ("0522501234 0661123456", ["+212522501234", "+212661123456"]),
        ("Fixe : 05 22 50 12 34 GSM : 06 61 12 34 56", ["+212522501234", "+212661123456"]),
        ("+212 5 22 50 12 34 +212661123456", ["+212522501234", "+212661123456"]),
        ("0522501234-0661123456 / 0537203040", ["+212522501234", "+212661123456", "+212537203040"]),
        ("0522501234/35", ["+212522501234", "+212522501235"]),
        ("+212522501234/35/36", ["+212522501234", "+212522501235", "+212522501236"]),
    ],
)
def test_several_numbers_in_one_cell(written: str, numbers: list[str]) -> None:
    phone = parse_phone(written)
    assert [phone.e164, *(other.e164 for other in phone.others)] == numbers
    assert all(other.plausible for other in (phone, *phone.others))


@pytest.mark.parametrize(
    "written", ["12345", "0422501234", "05225012345678", "+33 1 23", "00000000000000000000"]
)
def test_an_implausible_number_is_kept_and_marked(written: str) -> None:
    assert parse_phone(written).plausible is False


def test_a_second_number_that_is_too_short_is_kept_and_marked() -> None:
    (other,) = parse_phone("0522501234 / 501235").others
    assert (other.display, other.plausible) == ("+212 501235", False)


def test_what_cannot_be_dialled_is_shown_as_written() -> None:
    assert parse_phone("+999 123456789012") == Phone("", "+999 123456789012", plausible=False)


def test_national_numbers_belong_to_the_region() -> None:
    assert parse_phone("06 12 34 56 78", region="FR").e164 == "+33612345678"


@pytest.mark.parametrize("written", ["", "néant", "123", None, True, 1.5, []])
def test_nothing_to_dial_is_refused(written: object) -> None:
    with pytest.raises(UnreadablePhone) as caught:
        parse_phone(written)
    assert caught.value.value is written


@given(st.from_regex(r"[5-9][0-9]{8}", fullmatch=True))
def test_every_moroccan_spelling_meets_in_one_number(national: str) -> None:
    expected = parse_phone("0" + national)
    assert expected.plausible
    assert expected.e164 == "+212" + national
    for written in (
        int(national),
        "+212" + national,
        "00212 " + national,
        "212" + national,
        expected.display,
    ):
        assert parse_phone(written) == expected


@given(st.text())
def test_any_text_is_a_phone_or_unreadable(text: str) -> None:
    with contextlib.suppress(UnreadablePhone):
        assert parse_phone(text).display
