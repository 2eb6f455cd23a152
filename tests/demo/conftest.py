"""A demonstration for all the tests of a module: loading one takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from fondouk.demo.actions import load_demonstration
from fondouk.lib.demonstration import Scene

TODAY = date(2026, 11, 27)
SMALL = Scene(TODAY, scale=0.02)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded in a transaction that never ends well; what a test changes in it goes with the test. Not for those that clear
    it: numbers given out are not given back.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(SMALL)
        yield
        transaction.set_rollback(True)
