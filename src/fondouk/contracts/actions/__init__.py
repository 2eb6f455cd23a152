"""What can be done with contracts. They come from the hub's books: what is here follows them."""

from .occupying import EXCLUSIVE, HOSTING, SHARED, occupy, wanted_by_lines, wanted_on_parts

__all__ = ["EXCLUSIVE", "HOSTING", "SHARED", "occupy", "wanted_by_lines", "wanted_on_parts"]
