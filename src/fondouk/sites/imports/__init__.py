"""What a row of a book means for sites."""

from .book import SiteBook
from .kind import SITES

__all__ = ["SITES", "SiteBook"]
