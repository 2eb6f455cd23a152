"""Tablets at doors."""

from .display import Display

__all__ = ["Display"]
