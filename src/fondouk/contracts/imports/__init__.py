"""What a row of a book means for hosting contracts."""

from .kind import CONTRACTS

__all__ = ["CONTRACTS"]
