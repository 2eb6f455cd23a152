"""Charts: drawn once, with the theme's colours on a page and written-out ones on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from django.utils import translation

from fondouk.ui import charts

pytestmark = pytest.mark.django_db
ROWS = [{"year": year, "in": year - 2000, "out": 12} for year in range(2020, 2026)]


def test_paper_has_the_colours_of_the_light_theme() -> None:
    tokens = Path("assets/css/tokens.css").read_text()
    light = dict(re.findall(r"(--chart-[a-z0-9]+): (#[0-9a-f]{6});", tokens[: tokens.index("@media screen")]))
    assert {f"var({name})": colour for name, colour in light.items()} == charts.PRINTED


def test_a_chart_is_well_formed_and_needs_no_script() -> None:
    drawn = charts.both_ways(ROWS, time="year", up="in", down="out").svg
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert " style=" not in drawn  # the policy of the pages forbids it
    assert "var(--chart-1)" in drawn
    assert "var(" not in charts.both_ways(ROWS, time="year", up="in", down="out").printed.replace(
        "var(--fk-", ""
    )


def test_labels_are_text_whatever_they_say() -> None:
    rows = [{"year": 2025, "name": "<script>alert(1)</script>", "value": 2}]
    drawn = charts.stacked(rows, names=["<script>alert(1)</script>"]).svg
    assert "<script" not in drawn


@pytest.mark.parametrize(("language", "first"), [("fr", "2020"), ("ar", "2025")])
def test_time_runs_from_the_right_in_arabic(language: str, first: str) -> None:
    with translation.override(language):
        drawn = charts.bars(ROWS, time="year", value="in").svg
    assert re.findall(r">(20\d\d)</text>", drawn)[0] == first


def test_numbers_are_written_as_in_the_language() -> None:
    rows = [{"year": 2025, "in": 12000}]
    with translation.override("fr"):
        assert "12\u202f000" in charts.bars(rows, time="year", value="in").svg
    with translation.override("en"):
        assert "12,000" in charts.bars(rows, time="year", value="in").svg


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = charts.bars(ROWS, time="year", value="in")
    first = chart.svg
    import vl_convert

    def never(*_arguments: Any, **_options: Any) -> str:
        raise AssertionError("drawn again")

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", never)
    assert charts.bars(ROWS, time="year", value="in").svg == first
