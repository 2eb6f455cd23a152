"""What every source file keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "fondouk"
BOUND = 500
ENDINGS = {".py", ".ts", ".css", ".html", ".mjs"}
PLACES = ("src", "tests", "assets", "bench", "bin")
LEFT_OUT = {"migrations", "locale", "built", "__pycache__", "node_modules"}

IN_SQL = re.compile(
    r"\b(?:Extract(?:Hour|Minute|Second|Day|WeekDay|IsoWeekDay|Week|Month|Quarter|Year|IsoYear)"
    r"|Trunc(?:Day|Week|Month|Quarter|Year|Date|Time|Hour|Minute)?)\s*\("
    r"|__(?:date|time|hour|minute|week_day|iso_week_day|week|month|quarter|year|iso_year|day)(?:__\w+)?\s*="
    r"|AT\s+TIME\s+ZONE"
    r"|\.(?:datetimes|dates)\(",
    re.IGNORECASE,
)
MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def sources() -> list[Path]:
    return sorted(
        path
        for place in PLACES
        for path in (ROOT / place).rglob("*")
        if path.suffix in ENDINGS and not LEFT_OUT & set(path.relative_to(ROOT).parts)
    )


def python() -> list[Path]:
    return [path for path in sources() if path.suffix == ".py" and PACKAGE in path.parents]


def slices() -> list[str]:
    return sorted(
        path.parent.name for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "__pycache__"
    )


def test_no_source_file_is_longer_than_anybody_reads() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text().splitlines())) > BOUND
    }
    assert long == {}


def test_the_database_never_converts_a_zone() -> None:
    """Its zone data differs from ours, and was an hour and a day wrong when tried."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if IN_SQL.search(line) and not line.lstrip().startswith("#")
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "rows.annotate(hour=ExtractHour('at'))",
        "rows.annotate(day=TruncDay('at'))",
        "rows.filter(at__date=day)",
        "rows.filter(created_at__hour__gte=9)",
        "SELECT at AT TIME ZONE 'UTC'",
    ],
)
def test_a_conversion_would_be_noticed(line: str) -> None:
    assert IN_SQL.search(line)


def test_nothing_is_left_to_do_in_a_comment() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if MARKS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", slices())
def test_a_slice_says_what_it_knows(name: str) -> None:
    readme = PACKAGE / name / "README.md"
    assert readme.is_file(), f"{name} has no README"
    assert len(readme.read_text().splitlines()) <= 120, f"the README of {name} does not fit one screen"


def test_templates_obey_the_policy() -> None:
    """No script or style inside (data for search engines is none), nothing from elsewhere, no address of a script."""
    forbidden = re.compile(
        r"\sstyle=[\"']|<style|<script(?![^>]*\ssrc=)(?! type=[\"']application/ld\+json)|\son[a-z]+=[\"']|javascript:"
        r"|(?:src|href)=[\"']https?:(?!//www\.w3\.org)"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in PACKAGE.rglob("templates/**/*.html")
        if "built" not in path.parts and path.name != "500.html"
        if (match := forbidden.search(path.read_text()))
    ]
    assert found == []
