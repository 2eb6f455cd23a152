"""Searching: words as typed and stemmed in three languages, accents aside, the last word as a beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, Value
from django.urls import reverse

from fondouk.lib.db import CONFIGURATIONS
from fondouk.lib.text import ascii_digits, fold

from .registry import ACTIONS, SOURCES, Hit

PER_SOURCE = 6
TELEPHONE = re.compile(r"[+0-9 ().\-/\u00a0\u202f]{6,24}")
COUNTRY = re.compile(r"^(?:00212|212|0)(?=\d)")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*", re.UNICODE)


@dataclass(frozen=True)
class Terms:
    """What somebody typed. `folded` is without accents; `words` its words, each safe in a tsquery."""

    typed: str
    folded: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Terms:
        folded = fold(typed.replace("\x00", ""))[:200]
        return cls(typed.strip(), folded, tuple(WORD.findall(folded))[:8])

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def query(self) -> Any:
        """Every word as a beginning, or the whole stemmed in one of the languages."""
        beginnings = " & ".join(f"'{_quoted(word)}':*" for word in self.words)
        query = SearchQuery(beginnings, config="simple", search_type="raw")
        for language in CONFIGURATIONS[1:]:
            query |= SearchQuery(" ".join(self.words), config=language, search_type="plain")
        return query

    @property
    def telephone(self) -> str:
        """The digits of a number within the country; empty where what was typed cannot be one."""
        typed = ascii_digits(self.typed).replace("(0)", "")
        digits = re.sub(r"\D", "", typed) if TELEPHONE.fullmatch(typed) else ""
        return COUNTRY.sub("", digits) if len(digits) >= 6 else ""


def _quoted(word: str) -> str:
    return word.replace("\\", "").replace("'", "''")


def matching(rows: Any, terms: Terms, vector: str = "vector") -> Any:
    """Rows whose vector matches, the best first."""
    query = terms.query
    return rows.filter(**{vector: query}).annotate(rank=SearchRank(F(vector), query)).order_by("-rank", "pk")


def telephoned(rows: Any, terms: Terms) -> Any:
    """Rows whose `phone` has the digits typed, whatever stands between them; none where those are no number."""
    if not terms.telephone:
        return rows.none()
    digits = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return rows.annotate(phone_digits=digits).filter(phone_digits__contains=terms.telephone).order_by("pk")


def search(account: Any, typed: str, *, per_source: int = PER_SOURCE) -> list[tuple[Any, list[Hit]]]:
    """Hits by source, sources in their order, empty ones left out."""
    terms = Terms.of(typed)
    found: list[tuple[Any, list[Hit]]] = []
    for source in sorted(SOURCES.values(), key=lambda one: one.order):
        hits = list(source.find(account, terms, per_source)) if terms else []
        if hits:
            found.append((source, hits))
    return found


def actions(account: Any, typed: str) -> list[Hit]:
    """Pages and actions whose words begin as typed, those that the account may use; all of them for nothing typed."""
    terms = Terms.of(typed)
    hits = []
    for action in ACTIONS:
        if action.permission and not account.has_perm(action.permission):
            continue
        words = WORD.findall(fold(f"{action.label} {action.words}"))
        if all(any(word.startswith(term) for word in words) for term in terms.words):
            hits.append(Hit(str(action.label), reverse(action.route), icon=action.icon))
    return hits
