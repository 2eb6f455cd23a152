"""Files that a spreadsheet opens, with nothing in them that it would run."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fondouk.lib.sheets import DANGEROUS, harmless, to_csv, to_xlsx

FORMULAS = ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


def csv_rows(*rows: Any) -> list[list[str]]:
    text = to_csv(["Nom"], rows).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


def sheet_rows(*rows: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(to_xlsx(["Nom"], rows))).active.iter_rows(values_only=True))[1:]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_in_csv(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert csv_rows([text]) == [[f"'{text}"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_in_a_sheet(text: str) -> None:
    content = to_xlsx(["Nom"], [[text]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert cell.data_type == "s"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_ever_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(DANGEROUS)


def test_values_in_csv_are_those_of_a_french_spreadsheet() -> None:
    row = [
        None,
        3,
        Decimal("1200.50"),
        date(2025, 11, 3),
        datetime(2025, 11, 3, 12, tzinfo=UTC),
        'a;"b\nc',
        "شركة",
    ]
    assert csv_rows(row) == [["", "3", "1200,50", "03/11/2025", "03/11/2025 13:00", 'a;"b\nc', "شركة"]]
    assert to_csv(["é"], []).startswith(b"\xef\xbb\xbf")


def test_values_in_a_sheet_keep_their_kind() -> None:
    when = datetime(2025, 11, 3, 12, tzinfo=UTC)
    midnight = datetime(2025, 11, 3, tzinfo=UTC).replace(tzinfo=None)
    row = [None, 3, Decimal("1200.50"), date(2025, 11, 3), when, "a\x00b\x0bc", "شركة"]
    assert sheet_rows(row) == [(None, 3, 1200.5, midnight, midnight.replace(hour=13), "abc", "شركة")]


def test_a_moment_is_of_the_day_and_hour_on_the_wall() -> None:
    """One hour before midnight at Greenwich, it was the next day in the Morocco of 2025."""
    late = datetime(2025, 11, 3, 23, 30, tzinfo=UTC)
    assert csv_rows([late]) == [["04/11/2025 00:30"]]
    assert sheet_rows([late]) == [(datetime(2025, 11, 4, 0, 30),)]  # noqa: DTZ001


def test_a_note_stands_above_the_header() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(["Nom"], [["a"]], note="=Inventé"))).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["=Inventé", "Nom", "a"]
    assert sheet.freeze_panes == "A3"
    assert to_csv(["Nom"], [["a"]], note="Inventé").decode("utf-8-sig").splitlines() == [
        '"Inventé"',
        '"Nom"',
        '"a"',
    ]


def test_read_with_another_separator_no_value_becomes_a_formula() -> None:
    text = to_csv(["Nom"], [["x,=1+1", "\uff1d1+1"]]).decode("utf-8-sig")
    cells = next(list(csv.reader(text.splitlines()[1:], delimiter=sign)) for sign in ",")[0]
    assert cells[0].startswith("x,=1+1")
    assert "'\uff1d1+1" in text


def test_the_title_fits() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(["Nom"], [], title="t" * 80)))
    assert book.sheetnames == ["t" * 31]
