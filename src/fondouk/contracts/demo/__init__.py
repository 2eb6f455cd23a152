"""What contracts bring to the demonstration: who held which office since the parks opened, and some months of invoices."""

from __future__ import annotations

from fondouk.lib.demonstration import Scene

from .billing import bill
from .holding import hold


def load(scene: Scene) -> None:
    hold(scene)
    bill(scene)
