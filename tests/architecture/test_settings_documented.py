"""Every variable that Fondouk reads stands in the operator's guide."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "fondouk"
GUIDE = ROOT / "docs" / "operators.md"

# A name in quotes: what code asks the environment for. Prose names it bare, or between backquotes.
QUOTED = re.compile(r"""["'](FONDOUK_[A-Z0-9_]+|DATABASE_URL|CACHE_URL|PORT)["']""")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
# `fondouk run` marks its own children with it.
OURS_ALONE = {"FONDOUK_SUPERVISED"}


def variables() -> set[str]:
    return {
        name
        for path in PACKAGE.rglob("*.py")
        for name in QUOTED.findall(path.read_text())
        if name not in OURS_ALONE
    }


def test_the_code_reads_variables() -> None:
    assert {"FONDOUK_DATA", "FONDOUK_URL", "FONDOUK_WEB_WORKERS", "DATABASE_URL"} <= variables()


def test_every_variable_has_a_row_in_the_guide() -> None:
    assert variables() - set(ROW.findall(GUIDE.read_text())) == set()


def test_no_row_speaks_of_a_variable_that_nothing_reads() -> None:
    assert set(ROW.findall(GUIDE.read_text())) - variables() == set()
