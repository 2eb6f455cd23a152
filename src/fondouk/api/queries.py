"""What the API reads besides what the slices below already answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from fondouk.companies.models import Company, Figure

PARTS = ("LegalIdentity", "Residency", "Membership", "SectorAssignment", "StageAssignment", "CompanyKind")


def updated_since(companies: QuerySet[Company], moment: datetime) -> QuerySet[Company]:
    """Those of which any part was written at `moment` or later: the history that triggers keep says so."""
    events: Any = apps.get_app_config("companies")
    written = Q(
        pk__in=events.get_model("CompanyEvent")
        .objects.filter(pgh_created_at__gte=moment)
        .values("pgh_obj_id")
    )
    for part in PARTS:
        rows = events.get_model(f"{part}Event").objects.filter(pgh_created_at__gte=moment)
        written |= Q(pk__in=rows.values("company_id"))
    written |= Q(pk__in=Figure.objects.filter(declared_at__gte=moment).values("company_id"))
    return companies.filter(written)
