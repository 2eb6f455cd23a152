"""Mail that libraries send goes to the outbox, as in real life."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "fondouk.mail.backend.OutboxBackend"
