"""What a row of a book means for spaces."""

from .book import SpaceBook
from .kind import SPACES

__all__ = ["SPACES", "SpaceBook"]
