"""The plan by which a site is opened: its steps, and how many spaces of each kind it is to have."""

from .opening import Opening
from .planned_space import PlannedSpace
from .step import OpeningStep

__all__ = ["Opening", "OpeningStep", "PlannedSpace"]
