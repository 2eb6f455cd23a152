"""Workbooks that these pages hand out: refused rows to be corrected, and empty sheets to be filled."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from fondouk.imports.previews import Preview, in_words
from fondouk.imports.schema import kinds
from fondouk.imports.vocabulary import LANGUAGES
from fondouk.lib.sheets import DANGEROUS

TINT = PatternFill("solid", start_color="FFF6E3E1")
FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def refused_book(preview: Preview, rows: list[dict[str, Any]]) -> bytes:
    """One sheet for each sheet of the book: its own columns as they were typed, the faulty ones tinted, and
    why.
    """
    book = Workbook(write_only=True)
    for sheet in preview.understood:
        own = [row for row in rows if row["sheet"] == sheet["name"]]
        if not own:
            continue
        headers = {column["letter"]: column["header"] for column in sheet["columns"]}
        letters = [get_column_letter(n + 1) for n in range(max(len(row["cells"]) for row in own))]
        page = _sheet(book, sheet["name"], [10, 60, *[18] * len(letters)])
        page.append([_cell(page, title, bold=True) for title in (_("Row"), _("What to do"))]
                    + [_cell(page, headers.get(letter, ""), bold=True) for letter in letters])  # fmt: skip
        for row in own:
            faulty = {problem["column"] for problem in row["problems"]}
            why = "\n".join(in_words(problem) for problem in row["problems"])
            page.append(
                [_cell(page, row["row"]), _cell(page, why, wrap=True)]
                + [
                    _cell(page, cell, tint=headers.get(letter) in faulty)
                    for letter, cell in zip(letters, row["cells"], strict=False)
                ]
            )
    return _saved(book)


def template_book() -> bytes:
    """Empty sheets with the headers that an export has, in the reader's language."""
    language = (get_language() or "fr")[:2]
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    book = Workbook(write_only=True)
    for kind in kinds():
        fields = [known for known in kind.fields if known.titles[place]]
        page = _sheet(book, kind.titles[place] or str(kind.label), [22] * len(fields))
        page.append([_cell(page, known.titles[place], bold=True) for known in fields])
    return _saved(book)


def _sheet(book: Workbook, title: str, widths: Sequence[int]) -> Any:
    page = book.create_sheet(FORBIDDEN_IN_TITLES.sub(" ", title)[:31].strip("' ") or "1")
    page.freeze_panes = "A2"
    page.sheet_view.rightToLeft = (get_language() or "").startswith("ar")
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    return page


def _cell(page: Any, value: Any, *, bold: bool = False, wrap: bool = False, tint: bool = False) -> Any:
    """Texts as texts: nothing that a spreadsheet would run."""
    if not isinstance(value, int):
        value = "".join(sign for sign in str(value) if sign in "\n\t" or ord(sign) >= 32)[:32_000]
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(DANGEROUS)
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if tint:
        cell.fill = TINT
    return cell


def _saved(book: Workbook) -> bytes:
    if not book.worksheets:
        book.create_sheet("1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
