"""Reading credits: what a company has left, and what became of it."""

from .allocation import Need, allocate, would_hold
from .ledger import Balance, balance, left_for, lots_of, statement

__all__ = ["Balance", "Need", "allocate", "balance", "left_for", "lots_of", "statement", "would_hold"]
