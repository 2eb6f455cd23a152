"""Prospects, their tours of a site, and what was said with them since."""

from .follow_up import FollowUp
from .letter import Letter
from .prospect import Prospect
from .tour import Tour

__all__ = ["FollowUp", "Letter", "Prospect", "Tour"]
