"""Lines of contracts as tables show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fondouk.contracts.models import ContractLine
from fondouk.contracts.queries import ENDS_SOON


def told(lines: Iterable[ContractLine], day: date) -> list[ContractLine]:
    """Lines with their last day, and the tone of those that are over or soon will be."""
    found = list(lines)
    for line in found:
        line.last_day = line.period.upper - timedelta(days=1) if line.period.upper else None
        line.tone = ""
        if line.last_day and line.last_day < day:
            line.tone = "neutral"
        elif line.last_day and line.last_day <= day + ENDS_SOON:
            line.tone = "warn"
    return found
