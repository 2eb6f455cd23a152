"""The network's part of the national ICT turnover, with what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import quantiles
from typing import Any

from django.utils import timezone

from fondouk.impact.enums import Official
from fondouk.impact.models import OfficialFigure

from .declared import Declared, declared
from .scope import Scope

SECTOR = "ict"


def official(year: int, as_of: Any) -> OfficialFigure | None:
    """The figure of that year that stands, or stood at that moment."""
    rows = OfficialFigure.objects.filter(code=Official.ICT_TURNOVER, year=year)
    if as_of is None:
        return rows.standing().first()
    return rows.filter(noted_at__lte=as_of).exclude(superseded_by__noted_at__lte=as_of).first()


def ict_turnover(year: int) -> Decimal:
    """What the companies of the sector hosted at the end of the year have declared, as known now."""
    companies = declared(Scope(year, timezone.localdate(), sector=SECTOR))
    return sum((one.said.get("turnover", Decimal(0)) for one in companies), Decimal(0))


def ict_share(companies: Sequence[Declared], year: int, as_of: Any) -> dict[str, Any] | None:
    """As JSON; None without an official figure for the year, or without a company of the sector.

    `low` to `high` is what the share could be, see the definition; with everybody's answer both are `share`.
    """
    measured = official(year, as_of)
    among = [one for one in companies if one.sector == SECTOR]
    if measured is None or not among:
        return None
    values = sorted(one.said["turnover"] for one in among if "turnover" in one.said)
    said, missing = sum(values, Decimal(0)), len(among) - len(values)
    each = Decimal(str(upper_quartile(values))) if values else Decimal(0)
    return {
        "declared": int(said),
        "said": len(values),
        "of": len(among),
        "quartile": int(each),
        "official": float(measured.value),
        "scope": measured.scope,
        "source": measured.source,
        "address": measured.address,
        "low": float(said / measured.value),
        "high": float((said + missing * each) / measured.value),
    }


def upper_quartile(values: Sequence[Decimal]) -> float:
    """As spreadsheets give it (inclusive); of a single value, itself."""
    if len(values) == 1:
        return float(values[0])
    return quantiles([float(value) for value in values], n=4, method="inclusive")[2]
