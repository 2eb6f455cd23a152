"""Which cells of a table of totals may be published without telling what one contributor said.

After Hundepool et al., *Statistical Disclosure Control* (2012), chapter 4: a minimum number of contributors, a bound on
the largest (dominance), further cells hidden where the first could be had by subtraction; and the same of what two
publications of one table tell together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Contributions = Mapping[Hashable, float]
"""What each contributor adds to a cell. One may contribute to several cells of a row, with the same value."""
Cells = Mapping[str, Contributions]

FEWEST = 4
"""Contributors that a published cell has at least: those that contribute nothing do not hide the others."""
LARGEST_SHARE = 0.8
"""Of the cell's total, what its largest contributor may make up at most."""


@dataclass(frozen=True)
class Published:
    """An earlier publication of the row: all of its cells, and those of them that could be read."""

    cells: Cells
    readable: Collection[str]


def is_sensitive(values: Iterable[float]) -> bool:
    """Whether the total of these contributions would tell too much about one of them. An empty cell tells nothing."""
    known = [abs(value) for value in values]
    contributed = [value for value in known if value]
    return bool(known) and (len(contributed) < FEWEST or max(contributed) > LARGEST_SHARE * sum(contributed))


def differences(before: Contributions, after: Contributions) -> dict[Hashable, float]:
    """What each contributor has added or taken away; those that have changed nothing are left out."""
    changed = {key: after.get(key, 0) - before.get(key, 0) for key in before.keys() | after.keys()}
    return {key: change for key, change in changed.items() if change}


def remainder(cells: Cells, hidden: Collection[str]) -> dict[Hashable, float]:
    """What the total less the published cells tells: of those in hidden cells alone, and of those published twice."""
    values = {key: value for cell in cells.values() for key, value in cell.items()}
    times = Counter(key for name, cell in cells.items() if name not in hidden for key in cell)
    return {key: value * (1 - times[key]) for key, value in values.items() if value and times[key] != 1}


def _overlapping(cells: Cells, hidden: Collection[str]) -> list[tuple[Contributions, Contributions]]:
    published = [cell for name, cell in cells.items() if name not in hidden and cell]
    return [pair for pair in combinations(published, 2) if pair[0].keys() & pair[1].keys()]


def found_out(cells: Cells, hidden: Collection[str]) -> set[Hashable]:
    """Contributors whose value follows from the published cells and the total, as from linear equations.

    Those are the ones whose unit vector lies in the row space of the sums: its projection there is itself.
    """
    import numpy as np

    people = sorted({key for cell in cells.values() for key, value in cell.items() if value}, key=str)
    sums = [cell.keys() for name, cell in cells.items() if name not in hidden]
    known = np.array([[float(key in members) for key in people] for members in [*sums, set(people)]])
    within = np.einsum("ij,ji->i", np.linalg.pinv(known), known)
    return {key for key, part in zip(people, within, strict=True) if part > 1 - 1e-9}


def suppressed(
    cells: Cells, *, total_is_published: bool = True, earlier: Sequence[Published] = ()
) -> frozenset[str]:
    """The cells to hide, of a row whose cells add up to its total, but for contributors that are in several.

    Hidden is what is sensitive, and what differs from an earlier publication by a sensitive amount. Where the total is
    published, what remains of it beside the published cells could be had by subtraction, and so could what two cells that
    share contributors do not share: the smallest are hidden too until none of that tells anything, nobody is found out by
    several cells together, and what remains tells nothing beside what remained in an earlier publication.
    """
    hidden = {
        name
        for name, cell in cells.items()
        if is_sensitive(cell.values())
        or any(
            name in one.readable and is_sensitive(differences(one.cells.get(name, {}), cell).values())
            for one in earlier
        )
    }
    if not total_is_published:
        return frozenset(hidden)

    def tells() -> bool:
        rest = remainder(cells, hidden)
        apart = [differences(*pair) for pair in _overlapping(cells, hidden)]
        then = [differences(remainder(one.cells, hidden), rest) for one in earlier]
        return any(is_sensitive(found.values()) for found in (rest, *apart, *then)) or (
            bool(apart) and bool(found_out(cells, hidden))
        )

    others = sorted(
        (name for name in cells if name not in hidden and cells[name]),
        key=lambda name: (sum(cells[name].values()), name),
    )
    while others and tells():
        hidden.add(others.pop(0))
    return frozenset(hidden)
