"""What waits for somebody: in order, counted, and only what they may act on."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache

from fondouk.todos import queries, registry
from fondouk.todos.queries import piles, pressing, waiting
from fondouk.todos.registry import Item, Source
from tests.factories import staff

asked: list[str] = []


class Rows:
    """As much of a queryset as piles need, over days."""

    def __init__(self, code: str, days: list[int | None]) -> None:
        self.code, self.days = code, days

    def __getitem__(self, few: slice) -> list[Any]:
        asked.append(self.code)
        return [SimpleNamespace(pk=number, day=day) for number, day in enumerate(self.days)][few]


def source(code: str, days: list[int | None], **values: Any) -> Source:
    def item(row: Any) -> Item:
        return Item(f"{code} {row.day}", "/", due=date(2025, 1, row.day) if row.day else None)

    return Source(code=code, label=code, rows=lambda account, site: Rows(code, days), item=item, **values)


@pytest.fixture
def account(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    def offered(*sources: Source) -> Any:
        asked.clear()
        cache.clear()
        monkeypatch.setattr(queries, "SOURCES", {one.code: one for one in sources})
        monkeypatch.setattr(queries, "counts", lambda several: [len(rows.days) for rows in several])
        return staff("reception")

    return offered


def test_the_soonest_come_first_those_without_a_day_last(account: Any) -> None:
    someone = account(source("a", [None, 9], order=1), source("b", [3, 12], order=2))
    assert [item.title for item in pressing(piles(someone), 3)] == ["b 3", "a 9", "b 12"]


def test_piles_keep_their_order_and_empty_ones_are_left_out(account: Any) -> None:
    someone = account(source("late", [1], order=9), source("none", []), source("first", [2], order=1))
    assert [(pile.source.code, pile.count) for pile in piles(someone)] == [("first", 1), ("late", 1)]


def test_what_one_may_not_do_does_not_wait(account: Any) -> None:
    someone = account(source("merge", [1], permission="companies.merge"), source("look", [1]))
    assert [pile.source.code for pile in piles(someone)] == ["look"]


def test_items_are_read_of_the_kind_asked_for(account: Any) -> None:
    someone = account(source("a", [1]), source("b", [2]))
    found = piles(someone, only="b")
    assert asked == ["b"]
    assert [pile.count for pile in found] == [1, 1]


def test_items_without_a_day_are_not_read_when_enough_have_one(account: Any) -> None:
    someone = account(source("bare", [None] * 5, order=1), source("dated", [1, 2, 3], order=2, is_dated=True))
    assert [item.title for item in pressing(piles(someone, limit=3), 3)] == ["dated 1", "dated 2", "dated 3"]
    assert asked == ["dated"]
    assert len(pressing(piles(someone, limit=4), 4)) == 4


def test_the_count_beside_the_menu_is_read_once_a_minute(
    account: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = account(source("a", [1, 2]), source("b", [None]))
    assert waiting(someone) == 3
    assert asked == []
    monkeypatch.setattr(queries, "SOURCES", {})
    assert waiting(someone) == 3


def test_sources_that_say_all_their_items_have_a_day_keep_their_word(db: None) -> None:
    someone = staff("direction")
    for one in registry.SOURCES.values():
        if one.is_dated:
            assert all(one.item(row).due for row in one.rows(someone, None)[:50])
