"""Moroccan identifiers survive spreadsheets, and their keys catch slips of the hand."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fondouk.lib.identifiers import (
    BrokenIdentifier,
    parse_digits,
    parse_iban_ma,
    parse_ice,
    parse_rib,
    rib_key,
    rib_to_iban,
)

ICE = "003490102000030"
RIB = "011780000012345678901296"
IBAN = "MA64011780000012345678901296"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


# The last two digits are chosen so that the whole is a multiple of 97.
ices = digits(13).map(lambda stem: stem + f"{-int(stem + '00') % 97:02d}")
ribs = digits(22).map(lambda first: first + rib_key(first))


def with_digit(text: str, place: int, digit: str) -> str:
    return text[:place] + digit + text[place + 1 :]


def swapped(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


@pytest.mark.parametrize(
    "written",
    [
        ICE,
        "003 490 102 000 030",
        "003490102-0000-30",
        "ICE : 003490102000030",
        "ice:3490102000030",
        "I.C.E. 003490102000030",
        "ICE003490102000030",
        "٠٠٣٤٩٠١٠٢٠٠٠٠٣٠",
        3490102000030,
        3490102000030.0,
        "3490102000030.0",
        "\u200e003490102000030 ",
    ],
)
def test_an_ice_is_its_fifteen_digits(written: object) -> None:
    assert parse_ice(written) == ICE


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        (None, "length"),
        ("ICE :", "length"),
        ("12345", "length"),
        ("0003490102000030", "length"),
        ("0000000097", "length"),
        ("en cours", "digits"),
        ("3.49E+12", "digits"),
        (3490102000030.5, "digits"),
        (-3490102000030, "digits"),
        (True, "digits"),
        ("003490102000031", "check"),
    ],
)
def test_a_broken_ice_says_why(written: object, reason: str) -> None:
    with pytest.raises(BrokenIdentifier) as caught:
        parse_ice(written)
    assert (caught.value.kind, caught.value.value, caught.value.reason) == ("ICE", written, reason)


@given(ices)
def test_an_ice_survives_a_spreadsheet(ice: str) -> None:
    assert parse_ice(ice) == ice
    assume(not ice.startswith("00000"))
    assert parse_ice(int(ice)) == ice
    assert parse_ice(float(int(ice))) == ice
    assert parse_ice(str(float(int(ice)))) == ice


@given(ices, st.integers(0, 14), st.sampled_from("0123456789"))
def test_the_ice_check_catches_any_wrong_digit(ice: str, place: int, digit: str) -> None:
    assume(ice[place] != digit)
    with pytest.raises(BrokenIdentifier, match="check"):
        parse_ice(with_digit(ice, place, digit))


@given(ices, st.integers(0, 13))
def test_the_ice_check_catches_any_swap_of_neighbours(ice: str, place: int) -> None:
    assume(ice[place] != ice[place + 1])
    with pytest.raises(BrokenIdentifier, match="check"):
        parse_ice(swapped(ice, place))


@pytest.mark.parametrize(
    "written", [RIB, "011 780 0000123456789012 96", "RIB: 011-780-0000123456789012-96", "R.I.B " + RIB]
)
def test_a_rib_is_its_twenty_four_digits(written: str) -> None:
    assert parse_rib(written) == RIB


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        (RIB[1:], "length"),
        (11780000012345678901296, "length"),
        (IBAN, "digits"),
        (1e23, "digits"),
        (RIB[:-2] + "95", "check"),
    ],
)
def test_a_broken_rib_says_why(written: object, reason: str) -> None:
    with pytest.raises(BrokenIdentifier) as caught:
        parse_rib(written)
    assert (caught.value.kind, caught.value.reason) == ("RIB", reason)


def test_the_key_is_of_twenty_two_digits() -> None:
    assert rib_key(RIB[:22]) == "96"
    assert rib_key("0" * 22) == "97"
    for wrong in (RIB, "x" * 22):
        with pytest.raises(BrokenIdentifier):
            rib_key(wrong)


@given(ribs)
def test_a_rib_and_its_iban_lead_to_each_other(rib: str) -> None:
    iban = rib_to_iban(rib)
    assert parse_rib(rib) == rib
    assert parse_iban_ma(iban) == iban
    assert iban[4:] == rib
    assert int(rib) % 97 == 0


@given(ribs, st.integers(0, 23), st.sampled_from("0123456789"))
def test_the_rib_key_catches_any_wrong_digit(rib: str, place: int, digit: str) -> None:
    assume(rib[place] != digit)
    with pytest.raises(BrokenIdentifier, match="check"):
        parse_rib(with_digit(rib, place, digit))


@given(ribs, st.integers(0, 22))
def test_the_rib_key_catches_any_swap_of_neighbours(rib: str, place: int) -> None:
    assume(rib[place] != rib[place + 1])
    with pytest.raises(BrokenIdentifier, match="check"):
        parse_rib(swapped(rib, place))


@pytest.mark.parametrize("written", [IBAN, "MA64 0117 8000 0012 3456 7890 1296", "iban : " + IBAN.lower()])
def test_an_iban_is_its_twenty_eight_signs(written: str) -> None:
    assert parse_iban_ma(written) == IBAN


def test_an_iban_may_be_right_around_a_wrong_rib() -> None:
    rib = RIB[:-2] + "95"
    check = 98 - int(rib + "221000") % 97
    with pytest.raises(BrokenIdentifier) as caught:
        parse_iban_ma(f"MA{check:02d}{rib}")
    assert (caught.value.kind, caught.value.reason) == ("IBAN", "check")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        (IBAN[:-1], "length"),
        ("MA65" + RIB, "check"),
        ("FR7630006000011234567890189", "country"),
        (RIB, "digits"),
        ("MA", "digits"),
        (IBAN[:-1] + "X", "digits"),
    ],
)
def test_a_broken_iban_says_why(written: str, reason: str) -> None:
    with pytest.raises(BrokenIdentifier) as caught:
        parse_iban_ma(written)
    assert (caught.value.kind, caught.value.value, caught.value.reason) == ("IBAN", written, reason)


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("IF", "IF : 12 345 678", "12345678"),
        ("IF", 12345678.0, "12345678"),
        ("RC", "R.C. 0123", "0123"),
        ("RC", "12345.0", "12345"),
        ("CNSS", 1234567, "1234567"),
        ("TP", "٣٥١٢٣٤٥٦", "35123456"),
    ],
)
def test_identifiers_without_a_check_are_digits(kind: str, written: object, expected: str) -> None:
    assert parse_digits(kind, written) == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        ("12345 Casablanca", "digits"),
        ("12/345", "digits"),
        ("1" * 21, "length"),
        (None, "length"),
    ],
)
def test_broken_digits_say_why(written: object, reason: str) -> None:
    with pytest.raises(BrokenIdentifier) as caught:
        parse_digits("RC", written)
    assert (caught.value.kind, caught.value.reason) == ("RC", reason)
