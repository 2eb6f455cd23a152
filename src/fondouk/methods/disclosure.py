"""Which cells of a table of totals may be published without telling what one contributor said.

After Hundepool et al., *Statistical Disclosure Control* (2012), chapter 4: a minimum number of contributors, a bound on
the largest (dominance), and a second cell hidden where the first could be had by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FEWEST = 4
"""Contributors that a published cell has at least."""
LARGEST_SHARE = 0.8
"""Of the cell's total, what its largest contributor may make up at most."""


def is_sensitive(values: Sequence[float]) -> bool:
    """Whether the total of these contributions would tell too much about one of them. An empty cell tells nothing."""
    contributed = [value for value in values if value]
    if not contributed:
        return 0 < len(values) < FEWEST
    return len(values) < FEWEST or max(contributed) > LARGEST_SHARE * sum(contributed)


def suppressed(cells: Mapping[str, Sequence[float]], *, total_is_published: bool = True) -> frozenset[str]:
    """The cells to hide, of a row whose cells add up to its total.

    Where the total is published, one hidden cell alone could be had by subtraction, and so could what several tell together
    when it is still too little: the smallest of the others are hidden with them until that is no longer so.
    """
    hidden = {name for name, values in cells.items() if is_sensitive(values)}
    if not hidden or not total_is_published:
        return frozenset(hidden)
    others = sorted(
        (name for name in cells if name not in hidden and cells[name]),
        key=lambda name: (sum(cells[name]), name),
    )
    while others and (len(hidden) == 1 or is_sensitive([value for name in hidden for value in cells[name]])):
        hidden.add(others.pop(0))
    return frozenset(hidden)
