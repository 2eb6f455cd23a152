"""The hub's own workbook, as a careful reader understands it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fondouk.companies.models import Company
from fondouk.contracts.models import Contract
from fondouk.imports.actions import BookRefused, import_book, plan_book, undo_import
from fondouk.imports.models import Import
from fondouk.imports.report import report
from fondouk.imports.workbooks import open_book
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource

DATA = Path(__file__).parent.parent / "data"
BOOK = DATA / "hub-workbook.xlsx"
EXPECTED = json.loads((DATA / "hub-workbook.expected.json").read_text())

pytestmark = pytest.mark.django_db


def test_counts_and_refused_rows_are_exactly_those_of_a_careful_reader() -> None:
    found = report(plan_book(open_book(BOOK)))
    refused = [
        {"sheet": entry["sheet"], "row": entry["row"], "problem": entry["code"]}
        for sheet in found["sheets"]
        for entry in sheet["refused"]
    ]
    assert found["totals"] == EXPECTED["totals"]
    assert refused == [
        {key: entry[key] for key in ("sheet", "row", "problem")} for entry in EXPECTED["refused"]
    ]


@pytest.mark.parametrize("today", [date(2026, 10, 15), date(2027, 3, 1), date(2030, 1, 1)])
def test_the_reading_does_not_change_with_the_day_it_is_read_on(today: date) -> None:
    assert report(plan_book(open_book(BOOK), today=today))["totals"] == EXPECTED["totals"]


def test_refused_rows_write_nothing_unless_left_out() -> None:
    with pytest.raises(BookRefused):
        import_book(open_book(BOOK), sha256="", by=None)
    assert not Company.objects.exists() and not Import.objects.exists()


def test_imported_twice_it_changes_nothing_and_undone_it_leaves_nothing() -> None:
    _plan, run = import_book(open_book(BOOK), sha256="", by=None, skip_refused=True)
    counts = {model: model.objects.count() for model in (Site, Resource, Company, Contract)}
    assert counts == {Site: 4, Resource: 95, Company: 54, Contract: 50}
    plan, again = import_book(open_book(BOOK), sha256="", by=None, skip_refused=True)
    assert again is None
    assert plan.changes == 0
    assert run is not None
    undo_import(run, by=None)
    assert all(not model.objects.exists() for model in counts)
