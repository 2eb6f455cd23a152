"""Visitors, and what was written about them."""

from .letter import Letter
from .visit import Visit

__all__ = ["Letter", "Visit"]
