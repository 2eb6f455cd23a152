"""What impact keeps itself: official figures to compare with, and editions of what was published."""

from .edition import Edition
from .official import OfficialFigure

__all__ = ["Edition", "OfficialFigure"]
