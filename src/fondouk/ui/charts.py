"""Charts as SVG, drawn on the server by Vega-Lite: they need no script, print, and stand in a PDF.

Each function takes plain rows and gives a `Chart`. In a page its colours are the theme's variables; for paper they are
written out. In Arabic the order of time runs from the right, the axis of values stands at the right. Every chart goes
with the table it was drawn from (`c-chart`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache, caches
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

SERIES = [f"var(--chart-{number})" for number in range(1, 9)]
PRINTED = {
    "var(--chart-1)": "#0b6273", "var(--chart-2)": "#b87508", "var(--chart-3)": "#b8472f", "var(--chart-4)": "#2f62b5",
    "var(--chart-5)": "#5e7f2e", "var(--chart-6)": "#8a4a78", "var(--chart-7)": "#7a6a55", "var(--chart-8)": "#4b5b63",
    "var(--chart-grid)": "#ddd5c7", "var(--chart-label)": "#586369",
}  # fmt: skip
"""As `assets/css/tokens.css` has them in the light theme; a test compares the two."""
NUMBERS = {
    "fr": {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u00a0DH"],
        "percent": "\u00a0%",
    },
    "ar": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0درهم"], "percent": "%"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["MAD ", ""], "percent": "%"},
}
"""D3's names for how a language writes numbers, as `lib.formats` does."""
WIDTH, HEIGHT = 480, 210
KEPT_FOR = 30 * 24 * 3600
SHAPE = 2

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    spec: dict[str, Any]
    language: str

    @property
    def svg(self) -> SafeString:
        """For a page."""
        return mark_safe(self._drawn())  # noqa: S308 - Vega escapes the text of labels

    @property
    def printed(self) -> str:
        """For paper, with colours that need no style sheet."""
        drawn = self._drawn()
        for variable, colour in PRINTED.items():
            drawn = drawn.replace(variable, colour)
        return drawn

    def _drawn(self) -> str:
        text = json.dumps([SHAPE, self.language, self.spec], sort_keys=True, ensure_ascii=False)
        key = f"chart:{hashlib.sha256(text.encode()).hexdigest()[:40]}"
        near = caches["pages"]
        drawn: str | None = near.get(key) or cache.get(key)
        if drawn is None:
            import vl_convert  # takes a moment, and most pages have no chart

            drawn = vl_convert.vegalite_to_svg(self.spec, format_locale=NUMBERS[self.language])
            drawn = drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
            cache.set(key, drawn, KEPT_FOR)
        near.set(key, drawn, KEPT_FOR)
        return drawn


def _chart(layers: list[dict[str, Any]], data: Sequence[Row], *, height: int = HEIGHT, **extra: Any) -> Chart:
    language = (get_language() or "fr")[:2]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": height,
        "background": None,
        "padding": {"left": 4, "right": 4, "top": 6, "bottom": 4},
        "data": {"values": [dict(row) for row in data]},
        "layer": layers,
        "config": {
            "font": "IBM Plex Sans, IBM Plex Sans Arabic",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12, "labelColor": "var(--chart-label)", "gridColor": "var(--chart-grid)", "domain": False,
                "ticks": False, "labelPadding": 8, "title": None,
            },
            "text": {"fontSize": 12, "fontWeight": 600},
        },
        **extra,
    }  # fmt: skip
    return Chart(spec, language if language in NUMBERS else "fr")


def _time(field: str, *, labels: int = 12) -> dict[str, Any]:
    """Years, or whatever follows one another; from the right in Arabic."""
    return {
        "field": field, "type": "ordinal", "sort": "descending" if get_language_bidi() else "ascending",
        "axis": {"grid": False, "labelAngle": 0, "labelOverlap": False},
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.2},
    }  # fmt: skip


def _values(field: str, *, form: str, **scale: Any) -> dict[str, Any]:
    return {
        "field": field, "type": "quantitative",
        "axis": {"format": form, "tickCount": 5, "orient": "right" if get_language_bidi() else "left", "labelFlush": False},
        "scale": {"nice": True, **scale},
    }  # fmt: skip


def bars(rows: Sequence[Row], *, time: str, value: str, form: str = ",.0f", colour: str = SERIES[0]) -> Chart:
    """One bar for each row, its value above. `value` may be None: the place stays empty."""
    x, y = _time(time), _values(value, form=form)
    return _chart(
        [
            {"mark": {"type": "bar", "cornerRadius": 2, "color": colour}, "encoding": {"x": x, "y": y}},
            {
                "mark": {
                    "type": "text",
                    "dy": -8,
                    "fontSize": 11,
                    "fontWeight": 400,
                    "color": "var(--chart-label)",
                },
                "encoding": {
                    "x": x,
                    "y": y,
                    "text": {"field": value, "type": "quantitative", "format": form},
                },
            },
        ],
        rows,
    )


def both_ways(rows: Sequence[Row], *, time: str, up: str, down: str) -> Chart:
    """What came above the line, what went below it."""
    data = [{**row, "_down": -(row[down] or 0)} for row in rows]
    most = max([1, *(max(row[up] or 0, row[down] or 0) for row in rows)]) * 1.12  # room for the numbers
    x = _time(time)
    text = {"type": "text", "fontSize": 11, "fontWeight": 400, "color": "var(--chart-label)"}
    up_y, down_y = (_values(one, form="~s", domain=[-most, most], nice=False) for one in (up, "_down"))
    for axis in (up_y["axis"], down_y["axis"]):
        axis["labelExpr"] = "replace(datum.label, /[−-]/, '')"
    return _chart(
        [
            {"mark": {"type": "bar", "cornerRadius": 2, "color": SERIES[0]}, "encoding": {"x": x, "y": up_y}},
            {
                "mark": {"type": "bar", "cornerRadius": 2, "color": SERIES[1]},
                "encoding": {"x": x, "y": down_y},
            },
            {"mark": {**text, "dy": -8}, "encoding": {"x": x, "y": up_y, "text": {"field": up}}},
            {"mark": {**text, "dy": 9}, "encoding": {"x": x, "y": down_y, "text": {"field": down}}},
            {"mark": {"type": "rule", "color": "var(--chart-label)"}, "encoding": {"y": {"datum": 0}}},
        ],
        data,
    )


def stacked(rows: Sequence[Row], *, names: Sequence[str], value: str = "value", time: str = "year") -> Chart:
    """Rows of (time, name, value), one bar for each time; colours in the order of `names`."""
    colour = {
        "field": "name", "type": "nominal", "legend": None, "scale": {"domain": list(names), "range": SERIES[: len(names)]},
    }  # fmt: skip
    order = {"field": "place", "type": "quantitative"}
    place = {name: number for number, name in enumerate(names)}
    return _chart(
        [
            {
                "mark": {"type": "bar", "cornerRadius": 1, "stroke": "var(--fk-surface)", "strokeWidth": 1},
                "encoding": {
                    "x": _time(time),
                    "y": _values(value, form=",.0f"),
                    "color": colour,
                    "order": order,
                },
            }
        ],
        [{**row, "place": place[row["name"]]} for row in rows],
    )


def lines(
    rows: Sequence[Row],
    *,
    names: Sequence[str],
    form: str,
    value: str = "value",
    time: str = "year",
    low: float | None = None,
) -> Chart:
    """Rows of (time, name, value), one line for each name, which stands at its end."""
    x = {**_time(time), "scale": {"type": "point", "padding": 0.3}}
    y = _values(value, form=form, zero=low is None, **({"domainMin": low} if low is not None else {}))
    colour = {
        "field": "name", "type": "nominal", "legend": None, "scale": {"domain": list(names), "range": SERIES[: len(names)]},
    }  # fmt: skip
    return _chart(
        [
            {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "color": colour}},
            {
                "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1},
                "encoding": {"x": x, "y": y, "color": colour},
            },
        ],
        rows,
    )


def survival(steps: Sequence[Row], *, most: float) -> Chart:
    """A curve in steps with its band: rows of (years, survival, low, high)."""
    data = [row for row in steps if row["years"] <= most]
    if data and data[-1]["years"] < most and steps[-1]["years"] > most:
        data = [*data, {**data[-1], "years": most}]
    x = {
        "field": "years", "type": "quantitative",
        "scale": {"domain": [0, most], "nice": False, "reverse": bool(get_language_bidi())},
        "axis": {"grid": False, "tickCount": int(most), "format": "d"},
    }  # fmt: skip
    y = _values("survival", form=".0%", domain=[0, 1])
    return _chart(
        [
            {
                "mark": {"type": "area", "interpolate": "step-after", "color": SERIES[0], "opacity": 0.18},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "interpolate": "step-after", "color": SERIES[0], "strokeWidth": 2},
                "encoding": {"x": x, "y": y},
            },
        ],
        data,
    )


def band(rows: Sequence[Row], *, time: str, value: str, low: str, high: str, most: float) -> Chart:
    """A line and the band around it, over whole numbers of years: rows of (time in years, value, low, high)."""
    x = {
        "field": time, "type": "quantitative",
        "scale": {"domain": [0, most], "nice": False, "reverse": bool(get_language_bidi())},
        "axis": {"grid": False, "tickCount": int(most), "format": "d"},
    }  # fmt: skip
    y = _values(value, form=",.0f", domainMin=0)
    return _chart(
        [
            {
                "mark": {"type": "area", "color": SERIES[0], "opacity": 0.18},
                "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
            },
            {
                "mark": {"type": "line", "color": SERIES[0], "strokeWidth": 2},
                "encoding": {"x": x, "y": y},
            },
        ],
        rows,
    )
