"""Anything may stand in a cell: a row is refused for it, and neither the code nor the database ever stumbles."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fondouk.imports.actions import NothingUnderstood, import_book, undo_import
from fondouk.imports.headings import read_heading
from fondouk.imports.planning import read_cell
from fondouk.imports.recognition import Column
from fondouk.imports.report import preview, report
from fondouk.imports.schema import Bad, Heading, kinds
from fondouk.imports.workbooks import Cell, RawBook, RawSheet
from fondouk.sites.models import Site

from . import books
from .strategies import TRAPS, cells, chosen, filled_sheets

ANYHOW = settings(deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLES = pytest.mark.parametrize("examples", [15, pytest.param(500, marks=pytest.mark.long)])
FIELDS = [(kind, field) for kind in kinds() for field in kind.fields]


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda value: getattr(value, "code", ""))
@settings(max_examples=40, deadline=None)
@given(cell=cells)
def test_every_cell_is_a_value_or_bad(kind: Any, field: Any, cell: Cell) -> None:
    if cell is None:
        return
    column = Column(0, Heading("Titre", "titre"), field)
    for value in (cell, *TRAPS[:10]):
        try:
            found = read_cell(column, value)
        except Bad as bad:
            assert bad.code and str(bad.sentence) % {**bad.facts, "value": "x"}
        else:
            if isinstance(found, str) and field.limit:
                assert len(found) <= field.limit


@given(st.text(max_size=60))
def test_every_header_is_read(text: str) -> None:
    heading = read_heading(text)
    assert heading.year is None or 1950 <= heading.year <= 2099


def run(book: RawBook, mapping: dict[str, Any] | None = None) -> None:
    """Import twice: the second time nothing is left to do. Then undo."""
    try:
        plan, made = import_book(
            book, sha256="", by=None, mapping=mapping, skip_refused=True, today=books.TODAY
        )
    except NothingUnderstood:
        return
    json.dumps(report(plan)), json.dumps(preview(plan))
    again, nothing = import_book(
        book, sha256="", by=None, mapping=mapping, skip_refused=True, today=books.TODAY
    )
    changes = [change for row in preview(again) for change in row["changes"]]
    renamed = [change for row in preview(plan) for change in row["changes"] if change[1]] + changes
    if plan.refused and any(name == "name" for name, _before, _after in renamed):
        return  # a row was refused for a name that another row has given up or taken meanwhile
    assert nothing is None, changes
    if made is not None:
        undo_import(made, by=None)


@pytest.mark.django_db
@EXAMPLES
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_a_sheet_filled_with_anything(kind: Any, examples: int) -> None:
    @settings(ANYHOW, max_examples=examples)
    @given(data=st.data())
    def fill(data: st.DataObject) -> None:
        book = RawBook("x.xlsx", [data.draw(filled_sheets(kind))])
        run(book, chosen(book))

    fill()


@pytest.mark.django_db
@EXAMPLES
def test_a_whole_book_filled_with_anything_on_top_of_what_is_there(examples: int) -> None:
    @settings(ANYHOW, max_examples=examples)
    @given(data=st.data())
    def fill(data: st.DataObject) -> None:
        with transaction.atomic():
            import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
            book = RawBook("x.xlsx", [data.draw(filled_sheets(kind, height=5)) for kind in kinds()])
            run(book, chosen(book))
            transaction.set_rollback(True)

    fill()


@pytest.mark.django_db
def test_a_city_called_like_another_in_arabic_takes_no_site_away() -> None:
    """Found by the test above: the second import made a second site of the first city."""
    import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    book = books.book(sites=[["Ville", "Ville en arabe"], ["Casablanca", None], ["Rabat", "Casablanca"]])
    run(book, chosen(book))
    assert Site.objects.filter(city="Casablanca").count() == 1


@pytest.mark.django_db
@EXAMPLES
def test_whole_random_sheets(examples: int) -> None:
    @settings(ANYHOW, max_examples=examples)
    @given(st.lists(st.lists(st.lists(cells, max_size=8), max_size=10), max_size=3))
    @example([[["Raison sociale", "ICE"], ["\x00", "\ud800"]]])
    def fill(sheets: list[list[list[Cell]]]) -> None:
        run(RawBook("\x00é\ud800", [RawSheet(f"{number}\x00", rows) for number, rows in enumerate(sheets)]))

    fill()
