"""The inventory: parts, the resources made of them, and their rates."""

from .part import Part
from .rate import ResourceRate
from .resource import Resource, ResourcePart

__all__ = ["Part", "Resource", "ResourcePart", "ResourceRate"]
