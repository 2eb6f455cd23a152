"""What can be done with contracts."""

from .charging import charge_contracts, release
from .occupying import EXCLUSIVE, HOSTING, SHARED, occupy, wanted_by_lines, wanted_on_parts

__all__ = [
    "EXCLUSIVE",
    "HOSTING",
    "SHARED",
    "charge_contracts",
    "occupy",
    "release",
    "wanted_by_lines",
    "wanted_on_parts",
]
