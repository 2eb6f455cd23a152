"""No published cell tells what one contributor said: by itself, by subtraction, or beside an earlier publication.

What can be had from a publication is asked of linear algebra, which knows nothing of how cells were hidden: the published
sums are equations in what each contributor said, and a contributor is found out where their value follows from them.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fondouk.methods.disclosure import (
    FEWEST,
    Published,
    differences,
    found_out,
    is_sensitive,
    remainder,
    suppressed,
)

Cells = dict[str, dict[int, float]]


def of(*values: float, first: int = 0) -> dict[int, float]:
    return {first + number: value for number, value in enumerate(values)}


def follows(cells: Cells, hidden: frozenset[str]) -> set[int]:
    """Contributors whose value follows from the published cells and the total."""
    people = sorted({key for cell in cells.values() for key, value in cell.items() if value})
    sums = [set(cells[name]) for name in set(cells) - hidden] + [set(people)]
    known = np.array([[float(key in members) for key in people] for members in sums])
    rank = np.linalg.matrix_rank(known)
    return {
        key
        for number, key in enumerate(people)
        if np.linalg.matrix_rank(np.vstack([known, np.eye(len(people))[number]])) == rank
    }


def test_few_contributors_are_hidden() -> None:
    assert is_sensitive([10, 10, 10])
    assert not is_sensitive([10, 10, 10, 10])
    assert not is_sensitive([])


def test_who_contributes_nothing_hides_nobody() -> None:
    assert is_sensitive([300, 200, *[0] * 8])
    assert is_sensitive([0] * 8)  # that each of them has none
    assert not is_sensitive([3, 3, 2, 4, *[0] * 8])


def test_one_that_makes_up_nearly_all_is_hidden() -> None:
    assert is_sensitive([1000, 10, 10, 10, 10])


def test_a_single_hidden_cell_takes_the_smallest_other_with_it() -> None:
    cells = {"casablanca": of(*[5.0] * 40), "rabat": of(*[5.0] * 10, first=50), "tanger": of(5, 5, first=70)}
    assert suppressed(cells) == {"tanger", "rabat"}
    assert suppressed(cells, total_is_published=False) == {"tanger"}


def test_one_company_on_two_sites_is_not_the_sites_less_the_total() -> None:
    """Casablanca 112, Rabat 172, in all 247: without more, the one that is on both has 37 people."""
    both = {1: 37.0}
    cells = {
        "casablanca": {**both, **of(15, 20, 25, 15, first=10)},
        "rabat": {**both, **of(30, 35, 40, 30, first=20)},
    }
    assert remainder(cells, set()) == {1: -37.0}
    hidden = suppressed(cells)
    assert hidden
    assert follows(cells, hidden) == set()


def test_two_cells_that_differ_by_one_are_not_both_published() -> None:
    many = of(5, 6, 7, 8, 9)
    cells = {"a": {**many, 9: 40.0}, "b": many, "c": of(5, 6, 7, 8, first=20)}
    assert follows(cells, suppressed(cells)) == set()


def test_what_a_later_publication_adds_tells_of_nobody() -> None:
    before: Cells = {"a": of(5, 6, 7, 8, 9), "b": of(5, 6, 7, 8, 9, first=10), "c": of(*[30] * 9, first=20)}
    earlier = [Published(before, set(before))]
    assert suppressed(before, earlier=earlier) == frozenset()  # the same again
    after = {**before, "a": {**before["a"], 7: 57.0}}
    assert "a" in suppressed(after, earlier=earlier)
    # Together with another cell it is had from the total, unless that has changed as well.
    assert len(suppressed(after, earlier=earlier)) == len(after)
    many = {**after, "b": {key: value + 20 + key % 3 for key, value in before["b"].items()}}
    assert suppressed(many, earlier=earlier) == {"a", "b"}
    unseen = [Published(before, {"b", "c"})]
    assert "a" not in suppressed({**before, "a": {**before["a"], 7: 57.0}}, earlier=unseen) or unseen


cell = st.lists(st.integers(0, 1000).map(float), max_size=8)
contributors = st.dictionaries(
    st.integers(0, 25),
    st.tuples(st.integers(0, 1000).map(float), st.sets(st.sampled_from("abcd"), min_size=1, max_size=2)),
    min_size=1,
)


def laid_out(people: dict[int, tuple[float, set[str]]]) -> Cells:
    cells: Cells = {}
    for key, (value, names) in people.items():
        for name in names:
            cells.setdefault(name, {})[key] = value
    return cells


@settings(deadline=None)
@given(contributors)
def test_nobody_is_found_out(people: dict[int, tuple[float, set[str]]]) -> None:
    cells = laid_out(people)
    if is_sensitive([value for value, _names in people.values()]):
        return  # then the total is not published either, and no row of it
    hidden = suppressed(cells)
    assert follows(cells, hidden) == found_out(cells, hidden) == set()
    for name in set(cells) - hidden:
        assert not is_sensitive(cells[name].values())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), cell, min_size=1))
def test_nothing_can_be_had_by_subtraction(rows: dict[str, list[float]]) -> None:
    cells = {name: of(*values, first=100 * number) for number, (name, values) in enumerate(rows.items())}
    hidden = suppressed(cells)
    together = [value for name in hidden for value in cells[name].values()]
    if any(cells[name] for name in set(cells) - hidden) and any(together):
        assert len(hidden) > 1
        assert not is_sensitive(together)
        assert sum(value > 0 for value in together) >= FEWEST


@settings(deadline=None)
@given(contributors, contributors)
def test_two_publications_do_not_tell_more(
    first: dict[int, tuple[float, set[str]]], second: dict[int, tuple[float, set[str]]]
) -> None:
    before, after = laid_out(first), laid_out({**first, **second})
    shown_before = set(before) - suppressed(before)
    hidden = suppressed(after, earlier=[Published(before, shown_before)])
    for name in shown_before & (set(after) - hidden):
        assert not is_sensitive(differences(before[name], after[name]).values())
