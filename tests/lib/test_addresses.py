"""Addresses of records are those of Django."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import translation

from fondouk.lib.addresses import is_plain, record_address


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
