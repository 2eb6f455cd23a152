"""What stands against closing a site: apps register what would be left behind in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fondouk.sites.models import Site

Objection = Callable[[Site, date], str]
"""A sentence in the active language on what is still there on that day; empty when nothing is."""

OBJECTIONS: list[Objection] = []


def register(objection: Objection) -> Objection:
    OBJECTIONS.append(objection)
    return objection


def objections(site: Site, day: date) -> list[str]:
    return [sentence for objection in OBJECTIONS if (sentence := objection(site, day))]
