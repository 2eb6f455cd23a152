"""What every test starts from."""

from __future__ import annotations

import importlib

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def plain_static_files(settings: object) -> None:
    """Files as the build left them: a manifest is what `fondouk run` makes when it gathers them."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def passwords_are_quickly_hashed(settings: object) -> None:
    """What protects a password takes a tenth of a second, for each account of each test."""
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,  # type: ignore[attr-defined]
    ]


@pytest.fixture(autouse=True)
def pages_are_not_kept(settings: object) -> None:
    """Or a test would read what another was answered; tests of keeping turn it on."""
    settings.PAGES_KEPT_FOR = 0  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def no_demonstration() -> None:
    """What a page of an earlier test knew of it for some seconds; tests without a database ask nobody."""
    from fondouk.demo import queries

    queries.note(False)


@pytest.fixture(autouse=True)
def language_of_nobody() -> None:
    """A page visited by an earlier test leaves its language behind in this process."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def what_migrations_bring(request: pytest.FixtureRequest) -> None:
    """A transactional test leaves every table empty behind it: the next one finds again what migrations had written."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    request.getfixturevalue("transactional_db")
    from django.apps import apps

    from fondouk.companies.models import Sector

    if not Sector.objects.exists():
        importlib.import_module("fondouk.companies.migrations.0002_seed_sectors").seed(apps, None)
        importlib.import_module("fondouk.companies.migrations.0006_more_words_for_sectors").add(apps, None)
        importlib.import_module("fondouk.billing.migrations.0002_seed_vat").seed(apps, None)
        importlib.import_module("fondouk.billing.migrations.0005_seed_accounts").seed(apps, None)
