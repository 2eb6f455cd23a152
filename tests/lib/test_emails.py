"""E-mail addresses as people paste them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.emails import BrokenEmail, parse_email


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("contact@draa-média.example", "contact@draa-média.example"),
        (" Salma.I+hub@Example.MA\n", "Salma.I+hub@example.ma"),
        ("mailto:contact@example.ma?subject=Bonjour", "contact@example.ma"),
        ("<contact@example.ma>", "contact@example.ma"),
        ("\u200econtact@example.ma\u00a0", "contact@example.ma"),
        ("contact@draa-me\u0301dia.example", "contact@draa-média.example"),
        ("بريد@مثال.المغرب", "بريد@مثال.المغرب"),
        ("o'hara_1@a.b-c.museum", "o'hara_1@a.b-c.museum"),
    ],
)
def test_addresses(pasted: str, address: str) -> None:
    assert parse_email(pasted) == address
    assert parse_email(address) == address


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", "empty"),
        (None, "empty"),
        ("mailto:", "empty"),
        (5, "at"),
        ("contact.example.ma", "at"),
        ("a@b@example.ma", "at"),
        ("a@example.ma/b@example.ma", "at"),
        ("a b@example.ma", "space"),
        ("a@exam ple.ma", "space"),
        ("@example.ma", "local"),
        (".a@example.ma", "local"),
        ("a..b@example.ma", "local"),
        ("a,b@example.ma", "local"),
        ("a@localhost", "domain"),
        ("a@example..ma", "domain"),
        ("a@.example.ma", "domain"),
        ("a@example.ma.", "domain"),
        ("a@-example.ma", "domain"),
        ("a@example-.ma", "domain"),
        ("a@exam_ple.ma", "domain"),
        ("a@example.m", "domain"),
        ("a@192.168.1.1", "domain"),
        ("a@" + "x" * 64 + ".ma", "domain"),
        ("a" * 65 + "@example.ma", "length"),
    ],
)
def test_a_broken_address_says_why(pasted: object, reason: str) -> None:
    with pytest.raises(BrokenEmail) as caught:
        parse_email(pasted)
    assert (caught.value.value, caught.value.reason) == (pasted, reason)


@given(st.emails())
def test_ordinary_addresses_pass(address: str) -> None:
    local, _, domain = address.partition("@")
    assert parse_email(address) == f"{local}@{domain.lower()}"


@given(st.text())
def test_any_text_is_an_address_or_broken(text: str) -> None:
    with contextlib.suppress(BrokenEmail):
        assert parse_email(text).count("@") == 1
