"""What every test starts from."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings: object) -> None:
    """Files as the build left them: a manifest is what `fondouk run` makes when it gathers them."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
