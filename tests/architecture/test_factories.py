"""Every factory makes a row that the database and the model's own checks accept."""

from __future__ import annotations

from typing import Any

import factory
import pytest

from fondouk.lib.identifiers import parse_ice
from tests import factories
from tests.factories import hosted_company, ice, owner_of, staff

pytestmark = pytest.mark.django_db

FACTORIES = sorted(
    (
        made
        for made in vars(factories).values()
        if isinstance(made, type) and issubclass(made, factory.django.DjangoModelFactory)
    ),
    key=lambda made: made.__name__,
)


@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_factory_makes_valid_rows_that_differ(made: Any) -> None:
    first = made()
    first.validate_constraints()
    if made is not factories.NetworkFactory:
        assert made().pk != first.pk


def test_the_cast_may_do_what_its_roles_allow() -> None:
    company = hosted_company()
    site = company.residencies.get().site
    assert staff("site_manager", site).has_perm("companies.edit", company)
    assert not staff("reception", site).has_perm("companies.edit", company)
    assert owner_of(company).has_perm("companies.team", company)
    assert not owner_of(company, role="member").has_perm("companies.team", company)


def test_an_ice_of_ours_is_valid() -> None:
    assert parse_ice(ice(31478520000)) == ice(31478520000)
