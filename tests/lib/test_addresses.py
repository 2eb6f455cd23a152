"""Addresses of records are those of Django."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import translation

from fondouk.lib.addresses import in_language, is_plain, record_address, record_addresses


@pytest.fixture(autouse=True)
def _prefix():
    yield
    set_script_prefix("/")


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize(
    ("route", "keys"),
    [
        ("company", (42,)),
        ("company_figures", (42, 2025)),
        ("company_tab", (7, "documents")),
        ("public_company", (7, "atlas-data-2")),
        ("site", ("casablanca",)),
    ],
)
def test_is_what_reverse_gives(language: str, route: str, keys: tuple[int | str, ...]):
    with translation.override(language):
        assert record_address(route, *keys) == reverse(route, args=keys)


def test_follows_the_place_where_the_site_is_mounted():
    plain = record_address("company", 42)
    set_script_prefix("/park/")
    assert record_address("company", 42) == "/park" + plain == reverse("company", args=[42])


def test_refuses_what_the_route_does_not_take():
    with pytest.raises(NoReverseMatch):
        record_address("company", "atlas")
    with pytest.raises(NoReverseMatch):
        record_address("no-such-route", 1)


@pytest.mark.parametrize(
    ("key", "plain"), [(3, True), ("atlas-2", True), ("", False), ("a b", False), ("é", False), (True, False)]
)
def test_plain_keys_are_numbers_and_slugs(key: object, plain: bool):
    assert is_plain(key) is plain


@pytest.mark.parametrize(
    ("address", "code", "expected"),
    [
        ("/fr/planning/?day=2027-01-05&next=/fr/my/", "ar", "/ar/planning/?day=2027-01-05&next=/fr/my/"),
        ("/ar/", "en", "/en/"),
        ("/fr/", "fr", "/fr/"),
        ("/fr/nothing/is/here/", "ar", "/ar/nothing/is/here/"),
        ("/api/v1/bookings", "ar", "/api/v1/bookings"),
        ("/french/", "ar", "/french/"),
        ("/fr/planning/", "de", "/fr/planning/"),
    ],
)
def test_this_page_in_another_language(address: str, code: str, expected: str) -> None:
    assert in_language(address, code) == expected


def test_every_page_is_where_the_router_finds_it_in_another_language() -> None:
    """`in_language` changes the first piece alone: no route may be translated."""
    for name in ("home", "planning", "my_account"):
        with translation.override("fr"):
            address = reverse(name)
        with translation.override("ar"):
            assert in_language(address, "ar") == reverse(name)


def test_many_of_one_route() -> None:
    with translation.override("ar"):
        address = record_addresses("booking")
        assert [address(7), address(8)] == [record_address("booking", 7), record_address("booking", 8)]
