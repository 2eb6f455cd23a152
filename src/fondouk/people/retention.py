"""What is removed by itself once its time is over (law 09-08, article 3: no longer than the purpose asks).

An app registers a `Rule` in its `apps.py`. Traces of no lasting worth have a period of their own; what a park may want
for longer (people, the journal) has none until an administrator gives it one. Whoever ties persons to the network
(a role, a place in a team) registers a hold: nobody held is erased.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Rule:
    code: str
    label: Any
    since: Any
    """From when the months are counted, in words."""
    months: int | None
    """The period as long as nobody decides. None: kept until somebody does."""
    count: Callable[[datetime], int]
    """How many are over, when all from before the moment are."""
    remove: Callable[[datetime], int]
    """Removes those, in the transaction it is called in, and says how many."""


RULES: dict[str, Rule] = {}
HOLDS: list[Callable[[datetime], Q]] = []


def register(rule: Rule) -> Rule:
    RULES[rule.code] = rule
    return rule


def register_hold(hold: Callable[[datetime], Q]) -> Callable[[datetime], Q]:
    """Add a function that says, as a condition on persons, whom an app still knew after a moment."""
    HOLDS.append(hold)
    return hold
