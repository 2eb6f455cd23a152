"""A site that is open every day, a room in it, and a machine of its manager; the documentation page needs no manifest of
static files.
"""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from tests.factories import OpeningHoursFactory, SiteFactory, staff
from tests.factories.bookings import room
from tests.machine import Machine


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def site() -> Any:
    found = SiteFactory(code="rabat")
    for weekday in range(1, 8):
        OpeningHoursFactory(site=found, weekday=weekday, opens=time(8), closes=time(20))
    return found


@pytest.fixture
def atlas(site: Any) -> Any:
    return room(site=site, code="Atlas", equipment=["screen"])


@pytest.fixture
def keeper(site: Any) -> Machine:
    return Machine(staff("site_manager", site))
