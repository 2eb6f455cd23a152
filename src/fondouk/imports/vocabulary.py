"""Closed lists of words: how people write them, and how an export does, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from fondouk.lib.text import squash

from . import readers
from .schema import Bad, Heading

T = TypeVar("T")

LANGUAGES = ("fr", "en", "ar")


class Vocabulary(Generic[T]):
    """`words` gives for each value its French, English and Arabic word, then any number of others."""

    def __init__(self, words: Mapping[T, tuple[str, ...]]) -> None:
        self.words = words
        self.index: dict[str, T] = {}
        for value, known in words.items():
            for word in (str(getattr(value, "value", value)), *known):
                self.index.setdefault(squash(word), value)

    def find(self, word: str) -> T | None:
        return self.index.get(squash(word))

    def word(self, value: Any, language: str) -> str:
        """What an export writes; `find` reads it back. Nothing for a value that is none of them."""
        known = self.words.get(value)
        return known[LANGUAGES.index(language)] if known else ""

    def reader(self, code: str, sentence: Any) -> Any:
        """A reader of cells that refuses unknown words with `code` and `sentence`."""

        def read(value: Any, heading: Heading) -> T | None:
            word = readers.text(value, heading)
            if word is None:
                return None
            found = self.find(word)
            if found is None:
                raise Bad(code, sentence)
            return found

        return read
