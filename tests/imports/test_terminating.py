"""A contract that a book says was ended early ends with all its lines, named in the book or not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fondouk.contracts.models import ContractLine
from fondouk.imports.actions import import_book, plan_book

from . import books

pytestmark = pytest.mark.django_db
HEADER = ["Référence", "Entreprise", "Espace", "Début", "Résiliée le"]


def problems(book: Any) -> list[Any]:
    plan = plan_book(book, today=books.TODAY)
    return [problem for sheet in plan.sheets.values() for row in sheet.rows for problem in row.problems]


def told(*row: Any) -> Any:
    return books.book(Conventions=[HEADER, list(row)])


def test_lines_the_book_does_not_name_end_with_it() -> None:
    import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    ended = told("CH-2", "Société 2", "C-Coworking", "01/03/2024", "06/11/2025")
    import_book(ended, sha256="", by=None, today=books.TODAY)
    lines = ContractLine.objects.filter(contract__reference="CH-2").order_by("period")
    assert [(line.resource.code, line.period.upper) for line in lines] == [
        ("C1002", date(2025, 11, 7)),
        ("C-Coworking", date(2025, 11, 7)),
    ]
    # Its office is free again from the day after.
    free = told("CH-9", "Société 3", "C1002", "07/11/2025", None)
    assert problems(free) == []


def test_before_one_of_its_lines_begins_it_cannot_have_ended() -> None:
    import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    ended = told("CH-2", "Société 2", "C-Coworking", "01/01/2023", "31/12/2023")
    [problem] = problems(ended)
    assert problem.code == "dates"
    assert "C1002" in problem.message and "01/02/2024" in problem.message
