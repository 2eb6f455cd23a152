"""A company with an owner, a member, and a site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.factories import SiteFactory, hosted_company, owner_of


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    site = SiteFactory(city="Casablanca")
    company = hosted_company(site, name="Khettara")
    return SimpleNamespace(
        site=site, company=company, owner=owner_of(company), member=owner_of(company, role="member")
    )


@pytest.fixture
def owner(cast: SimpleNamespace) -> Client:
    return signed_in(cast.owner)


@pytest.fixture
def member(cast: SimpleNamespace) -> Client:
    return signed_in(cast.member)


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
