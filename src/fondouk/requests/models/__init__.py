"""What residents ask of the park."""

from .category import Category
from .request import Photo, Remark, Request

__all__ = ["Category", "Photo", "Remark", "Request"]
