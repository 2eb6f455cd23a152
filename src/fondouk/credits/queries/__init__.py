"""Reading credits: what a company has left, and what became of it."""

from .ledger import Balance, balance, left_for, lots_of, statement

__all__ = ["Balance", "balance", "left_for", "lots_of", "statement"]
