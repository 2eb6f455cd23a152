"""What every letter's subject begins with, where an app above has something to say of all of them."""

from __future__ import annotations

from collections.abc import Callable

Mark = Callable[[], str]
"""A word in the language of the moment; "" where there is nothing to say."""
MARKS: list[Mark] = []


def register(mark: Mark) -> Mark:
    MARKS.append(mark)
    return mark


def marked(subject: str) -> str:
    words = [word for mark in MARKS if (word := mark())]
    return " ".join([*(f"[{word}]" for word in words), subject])
