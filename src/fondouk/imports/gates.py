"""Whether books may be written at all: apps above say when not, and why."""

from __future__ import annotations

from collections.abc import Callable

Gate = Callable[[], str]
"""The reason why nothing may be imported now, for people; "" where it has none."""
GATES: list[Gate] = []


def register(gate: Gate) -> Gate:
    GATES.append(gate)
    return gate


def closed() -> str:
    """The first reason that a gate has, "" when books may be imported."""
    return next((reason for gate in GATES if (reason := gate())), "")
