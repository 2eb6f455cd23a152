"""`fondouk demo`: loaded into an empty network, guarded while it is there, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .house import House

BOOK = Path(__file__).resolve().parents[1] / "data" / "hub-workbook.xlsx"


@pytest.fixture
def house(tmp_path: Path, shared_database: str) -> Iterator[House]:
    house = House(tmp_path / "data", shared_database)
    try:
        yield house
    finally:
        house.remove()


def test_loaded_guarded_and_cleared(house: House) -> None:
    nothing = house.command("demo", "clear")
    assert (nothing.returncode, "not loaded" in nothing.stderr) == (1, True)
    loaded = house.command("demo", "load", "--scale", "0.02")
    assert loaded.returncode == 0, loaded.stderr
    again = house.command("demo", "load")
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    assert house.command("import", str(BOOK), "--dry-run").returncode == 1  # rows are refused, and told
    refused = house.command("import", str(BOOK), "--skip-refused")
    assert (refused.returncode, "fondouk demo clear" in refused.stderr) == (1, True)
    account = house.command("user", "create", "a@example.com", "--name", "A", "--password-stdin")
    assert (account.returncode, "demo clear" in account.stderr) == (1, True)
    cleared = house.command("demo", "clear")
    assert cleared.returncode == 0
    assert "fondouk run" in cleared.stdout  # nothing answers now: no address is given that may be another's
    assert house.command("import", str(BOOK), "--skip-refused").returncode == 0
