"""The inventory: parts, the resources made of them, their rates; and the one calendar of what occupies them."""

from .claim import Claim
from .closure import Closure
from .displacement import Displacement
from .drawing import FloorPlan, Shape
from .layout import Layout
from .part import Part
from .rate import ResourceRate
from .resource import Resource, ResourcePart

__all__ = [
    "Claim",
    "Closure",
    "Displacement",
    "FloorPlan",
    "Layout",
    "Part",
    "Resource",
    "ResourcePart",
    "ResourceRate",
    "Shape",
]
