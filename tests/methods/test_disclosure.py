"""No published cell tells what one company said, neither by itself nor by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fondouk.methods.disclosure import FEWEST, is_sensitive, suppressed


def test_few_contributors_are_hidden() -> None:
    assert is_sensitive([10, 10, 10])
    assert not is_sensitive([10, 10, 10, 10])
    assert not is_sensitive([])


def test_one_that_makes_up_nearly_all_is_hidden() -> None:
    assert is_sensitive([1000, 10, 10, 10, 10])


def test_a_single_hidden_cell_takes_the_smallest_other_with_it() -> None:
    cells = {"casablanca": [5.0] * 40, "rabat": [5.0] * 10, "tanger": [5.0, 5.0]}
    assert suppressed(cells) == {"tanger", "rabat"}
    assert suppressed(cells, total_is_published=False) == {"tanger"}


cell = st.lists(st.integers(0, 1000).map(float), max_size=8)


@given(st.dictionaries(st.sampled_from("abcdef"), cell, min_size=1))
def test_nothing_can_be_had_by_subtraction(cells: dict[str, list[float]]) -> None:
    hidden = suppressed(cells)
    for name in set(cells) - hidden:
        assert not is_sensitive(cells[name])
    together = [value for name in hidden for value in cells[name]]
    remains_published = any(cells[name] for name in set(cells) - hidden)
    if hidden and remains_published:
        assert len(hidden) > 1
        assert not is_sensitive(together)
        assert len(together) >= FEWEST
