"""What the database refuses of official figures and editions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fondouk.impact.actions import publish_edition
from fondouk.impact.models import Edition, OfficialFigure
from tests.factories import hosted_company

pytestmark = pytest.mark.django_db
GIVEN = {"code": "ict_turnover", "year": 2024, "value": Decimal(10**9), "scope": "all", "source": "a book"}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("official_positive", {"value": Decimal(0)}),
        ("official_known", {"code": "weather"}),
        ("official_says_what_and_whence", {"source": ""}),
        ("official_says_what_and_whence", {"scope": ""}),
    ],
)
def test_official_figures(constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OfficialFigure.objects.create(**{**GIVEN, **changes})


def test_official_first_once() -> None:
    OfficialFigure.objects.create(**GIVEN)
    with pytest.raises(IntegrityError, match="official_first_once"), transaction.atomic():
        OfficialFigure.objects.create(**GIVEN)


def test_official_supersedes_another() -> None:
    figure = OfficialFigure(**GIVEN, pk=4_000_000, supersedes_id=4_000_000)
    with pytest.raises(IntegrityError, match="official_supersedes_another"), transaction.atomic():
        figure.save(force_insert=True)


def test_edition_not_withdrawn_before() -> None:
    hosted_company()
    edition = publish_edition(2024, by=None)
    with pytest.raises(IntegrityError, match="edition_not_withdrawn_before"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(withdrawn_at=timezone.now() - timedelta(days=1))
