"""Pages without the manifest of built files; mail that libraries send goes to the outbox, as in real life."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def as_in_real_life(settings: Any) -> None:
    settings.EMAIL_BACKEND = "fondouk.mail.backend.OutboxBackend"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
