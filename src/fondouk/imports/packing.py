"""What a book would do, kept from the reading to the confirmation: a digest for the page, an archive of all
rows.

The digest (a few kilobytes, one letter a row) is the result of the job that read the book. The rows lie in
blocks in an archive beside it, so that a page of fifty out of twenty thousand opens one block. Nothing in it
is in any language: a sentence is kept as its msgid and its facts, and put into words for whoever reads it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from .enums import Effect
from .headings import read_heading
from .planning import Problem, RowPlan, shown
from .recognition import HEADER_WITHIN, Column, ReadSheet
from .report import TOTALS, BookPlan

BLOCK = 200
SAMPLES = 3
LOOKED_AT = 60
LETTERS = {Effect.CREATED: "c", Effect.UPDATED: "u", Effect.UNCHANGED: "n", Effect.REFUSED: "r"}
WARNED = "w"


def digest(plan: BookPlan) -> dict[str, Any]:
    """Everything about the book but its rows. JSON."""
    effects, warned, sheets, first = [], [], [], 0
    for number, read in enumerate(plan.read):
        planned = plan.sheets.get(read.raw.name)
        rows = planned.rows if planned else []
        effects += [LETTERS[row.effect] for row in rows]
        warned += [WARNED if row.warnings and not row.is_refused else "-" for row in rows]
        sheets.append(
            {
                "number": number,
                "name": shown(read.raw.name),
                "kind": read.kind.code if read.kind else "",
                "is_hidden": bool(getattr(read.raw, "is_hidden", False)),
                "is_empty": not any(any(cell is not None for cell in row) for row in read.raw.rows),
                "header": read.header + 1,
                "as_of": read.as_of.isoformat() if read.as_of else "",
                "first": first,
                "rows": len(rows),
                **{effect.value: planned.count(effect) if planned else 0 for effect in Effect},
                "columns": [_column(column, read) for column in _columns(read) if column.heading.text],
                "unnamed": [name for name in read.ignored if name.startswith("(")] if read.kind else [],
                "nearly": [read.nearly[0].code, read.nearly[1].code] if read.nearly else [],
            }
        )
        first += len(rows)
    return {
        "workbook": shown(plan.book.name),
        "read_on": plan.context.today.isoformat(),
        "totals": {name: plan.totals.get(name, 0) for name in TOTALS},
        "warnings": list(plan.book.warnings),
        "sheets": sheets,
        "effects": "".join(effects),
        "warned": "".join(warned),
        "fingerprint": fingerprint(plan),
    }


def _columns(read: ReadSheet) -> list[Column]:
    """Of a sheet that was not understood: the row that looks most like a header, so that a person can say."""
    if read.kind:
        return read.columns
    best: list[Any] = []
    for row in read.raw.rows[:HEADER_WITHIN]:
        if sum(isinstance(cell, str) for cell in row) > sum(isinstance(cell, str) for cell in best):
            best = row
    return [
        Column(index, read_heading(str(cell)), None)
        for index, cell in enumerate(best[:200])
        if cell is not None
    ]


def _column(column: Column, read: ReadSheet) -> dict[str, Any]:
    samples: list[str] = []
    start = read.first if read.kind else 0
    for row in read.raw.rows[start : start + LOOKED_AT]:
        value = row[column.index] if column.index < len(row) else None
        text = shown(value)[:60]
        if value is not None and text not in samples and text != column.heading.text:
            samples.append(text)
        if len(samples) == SAMPLES:
            break
    return {
        "letter": column.letter,
        "header": shown(column.heading.text),
        "year": column.heading.year,
        "unit": column.heading.unit,
        "is_plain": column.heading.is_plain,
        "field": column.field.code if column.field else "",
        "samples": samples,
    }


def fingerprint(plan: BookPlan) -> str:
    """The same for two plans that write the same and refuse the same. Warnings, which change with the day,
    are not in it.
    """
    found = hashlib.sha256()
    for row in _rows(plan):
        told = (
            row.sheet,
            row.number,
            row.effect.value,
            row.changes,
            [problem.code for problem in row.problems],
        )
        found.update(json.dumps(told, default=str).encode())
    return found.hexdigest()


def pack(plan: BookPlan) -> bytes:
    """All the rows, in blocks."""
    raw = {read.raw.name: read.raw.rows for read in plan.read}
    columns = {read.raw.name: [column for column in read.columns if column.field] for read in plan.read}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
        translation.override(None),
    ):
        block: list[dict[str, Any]] = []
        number = 0
        for row in _rows(plan):
            block.append(_row(row, raw[row.sheet], columns[row.sheet]))
            if len(block) == BLOCK:
                archive.writestr(f"{number}.json", json.dumps(block, ensure_ascii=False))
                block, number = [], number + 1
        if block:
            archive.writestr(f"{number}.json", json.dumps(block, ensure_ascii=False))
    return out.getvalue()


def _rows(plan: BookPlan) -> Iterator[RowPlan]:
    for read in plan.read:
        if read.raw.name in plan.sheets:
            yield from plan.sheets[read.raw.name].rows


def _row(row: RowPlan, raw: list[list[Any]], columns: list[Column]) -> dict[str, Any]:
    cells = raw[row.number - 1]
    kept: dict[str, Any] = {
        "sheet": shown(row.sheet),
        "row": row.number,
        "label": row.label,
        "effect": row.effect.value,
        "changes": [[str(piece) for piece in change] for change in row.changes],
        "problems": [_problem(problem) for problem in row.problems],
        "warnings": [_problem(problem) for problem in row.warnings],
    }
    if row.is_refused:
        # As it was typed, to be given back to whoever typed it.
        kept["cells"] = [shown(cell) for cell in cells]
    elif row.effect == Effect.CREATED:
        # What is new has no before: the row itself says what it brings.
        kept["changes"] = [
            [_named(column), "", _told(row, column), shown(cells[column.index])]
            for column in columns
            if column.index < len(cells) and cells[column.index] is not None
        ]
    return kept


def _named(column: Column) -> str:
    """As planners name changes: the field, with the year of a figure."""
    assert column.field is not None  # noqa: S101
    year = column.heading.year if column.field.by_year else None
    return f"{column.field.code} {year}" if year else column.field.code


def _told(row: RowPlan, column: Column) -> Any:
    """What a cell was read as; a word of ours as its msgid, to be put into the language of whoever reads it."""
    assert column.field is not None  # noqa: S101
    value = row.understood.get((column.field.code, column.heading.year if column.field.by_year else None))
    label = getattr(value, "label", None)
    return {"msgid": str(label)} if isinstance(label, Promise | str) and label else shown(value)


def _problem(problem: Problem) -> dict[str, Any]:
    """Without language: called while no translation is active, so that a lazy sentence is its own msgid."""
    facts = {
        name: {"msgid": str(fact)}
        if isinstance(fact, Promise)
        else fact
        if isinstance(fact, int)
        else str(fact)
        for name, fact in problem.facts.items()
    }
    return {
        "code": problem.code,
        "msgid": str(problem.sentence),
        "facts": facts,
        "column": shown(problem.column),
        "value": problem.value,
    }
