"""What an app above has to say of all letters: a word before every subject, that none is to leave the house."""

from __future__ import annotations

from collections.abc import Callable

Mark = Callable[[], str]
"""A word in the language of the moment; "" where there is nothing to say."""
MARKS: list[Mark] = []


def register(mark: Mark) -> Mark:
    MARKS.append(mark)
    return mark


Hold = Callable[[], bool]
HOLDS: list[Hold] = []


def register_hold(hold: Hold) -> Hold:
    """Add a function that says whether letters are kept in the outbox, though there is a server to deliver them."""
    HOLDS.append(hold)
    return hold


def is_held() -> bool:
    return any(hold() for hold in HOLDS)


def marked(subject: str) -> str:
    words = [word for mark in MARKS if (word := mark())]
    return " ".join([*(f"[{word}]" for word in words), subject])
