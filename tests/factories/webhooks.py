"""Endpoints, as the actions add them."""

from __future__ import annotations

from typing import Any

from fondouk.webhooks.actions import add_endpoint
from fondouk.webhooks.enums import CHOSEN
from fondouk.webhooks.models import Endpoint

from .people import PersonFactory


def endpoint(**values: Any) -> Endpoint:
    """One that hears of everything, everywhere."""
    said = {
        "label": "Écran du hall",
        "url": "https://hall.example/hook",
        "kinds": [str(kind) for kind in CHOSEN],
    }
    return add_endpoint(Endpoint(**{**said, **values}), by=PersonFactory())
