"""Small drawings made on the server: the mark, the motif, a sparkline, a site's plan. Colours by class."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

LOGO = (
    "M8 2h16a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6H8a6 6 0 0 1-6-6V8a6 6 0 0 1 6-6Z"
    "M16 5.8l2.52 2.52h3.56v3.56l2.52 2.52-2.52 2.52v3.56h-3.56L16 23"
    "l-2.52-2.52H9.92v-3.56L7.4 14.4l2.52-2.52V8.32h3.56Z"
    "M13.1 30v-1.7a2.9 2.9 0 0 1 5.8 0V30Z"
)
TILE = (
    "M24 0l7.03 7.03h9.94v9.94L48 24l-7.03 7.03v9.94h-9.94L24 48"
    "l-7.03-7.03H7.03v-9.94L0 24l7.03-7.03V7.03h9.94Z"
)


def logo(size: int = 28) -> SafeString:
    return format_html(
        '<svg class="fk-logo" width="{}" height="{}" viewBox="0 0 32 32"'
        ' aria-hidden="true" focusable="false"><path fill-rule="evenodd" d="{}"/></svg>',
        size,
        size,
        LOGO,
    )


def motif(key: str = "motif") -> SafeString:
    return format_html(
        '<svg class="fk-motif" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="{}" width="48" height="48" patternUnits="userSpaceOnUse"><path d="{}"/></pattern>'
        "</defs>"
        '<rect width="100%" height="100%" fill="url(#{})"/></svg>',
        key,
        TILE,
        key,
    )


def sparkline(values: Iterable[Any], label: str = "", *, width: int = 88, height: int = 28) -> SafeString:
    """A line with a dot on its last value. A missing value is a gap in time: its neighbours are joined."""
    series = list(values or [])
    known = [(place, float(value)) for place, value in enumerate(series) if value is not None]
    if len(known) < 2:
        return mark_safe('<span class="fk-muted">—</span>')
    least, most = min(value for _, value in known), max(value for _, value in known)
    span = (most - least) or 1.0
    inner_width, inner_height, edge = width - 8, height - 10, 4
    points = [
        (
            round(edge + place * inner_width / (len(series) - 1), 1),
            round(
                5
                + (
                    inner_height / 2
                    if most == least
                    else inner_height - (value - least) / span * inner_height
                ),
                1,
            ),
        )
        for place, value in known
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="fk-spark" width="{}" height="{}" viewBox="0 0 {} {}" {} focusable="false">'
        '<polyline points="{}"/><circle cx="{:g}" cy="{:g}" r="2.5"/></svg>'.replace("{:g}", "{}"),
        width,
        height,
        width,
        height,
        named,
        line,
        f"{points[-1][0]:g}",
        f"{points[-1][1]:g}",
    )


COLUMNS, ROWS = 9, 4
CELL, STEP = 20, 22


def court_cells() -> list[tuple[float, float, float, float]]:
    """The 22 rooms round the court, as (x, y, width, height): nine above, nine below, two on each side."""
    rows = [1 + row * (STEP + 1) + (1 if row else 0) for row in range(ROWS)]
    columns = [1 + column * STEP for column in range(COLUMNS)]
    above = [(float(x), float(rows[0]), float(CELL), float(CELL)) for x in columns]
    # The rooms at the sides are a little deeper: they reach into the court.
    sides = [
        (float(x), float(rows[row]), CELL + 2.0, float(CELL))
        for row in (1, 2)
        for x in (columns[0], columns[-1] - 2)
    ]
    below = [(float(x), float(rows[3]), float(CELL), float(CELL)) for x in columns]
    return [*above, *sides, *below]


def free_places(free: int, count: int) -> set[int]:
    """`free` of `count` rooms, spread so that the plan is no progress bar; always the same ones."""
    return {(place * 7 + 3) % count for place in range(free)}


@lru_cache(256)
def site_plan(occupied: Any, total: Any, *, planned: bool = False) -> SafeString:
    cells = court_cells()
    share = Decimal(0)
    if total:
        share = min(Decimal(1), max(Decimal(0), Decimal(str(occupied or 0)) / Decimal(str(total))))
    free = free_places(round(len(cells) * (1 - share)), len(cells))
    rooms = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        (
            (
                "fk-plan-free" if planned or place in free else "fk-plan-taken",
                f"{x:g}",
                f"{y:g}",
                f"{wide:g}",
                f"{high:g}",
            )
            for place, (x, y, wide, high) in enumerate(cells)
        ),
    )
    width, height = 1 + COLUMNS * STEP, 1 + 3 * (STEP + 1) + 1 + CELL + 1
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<rect class="fk-plan-court" x="25" y="24" width="149" height="44" rx="2"/>'
        '{}<path class="fk-plan-star" d="{}"/></svg>',
        "fk-plan-mini fk-plan-planned" if planned else "fk-plan-mini",
        width,
        height,
        rooms,
        star(width / 2, height / 2, 14),
    )


def star(x: float, y: float, radius: float) -> str:
    """The eight-pointed star of the motif round a centre."""
    inner = radius * 0.7071
    notch = radius * 0.2929
    corners = [(0, -radius), (notch, -inner), (inner, -inner), (inner, -notch)]
    # A quarter turn at a time: (x, y) becomes (-y, x).
    ring = [*corners]
    for _ in range(3):
        corners = [(-dy, dx) for dx, dy in corners]
        ring += corners
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in ring) + "Z"
