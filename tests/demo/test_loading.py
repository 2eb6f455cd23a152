"""The demonstration comes into an empty database only, and goes without a trace."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from fondouk.companies.models import Company, Figure, Residency
from fondouk.companies.queries import hosted_count, people_employed
from fondouk.contracts.models import ContractLine
from fondouk.demo import queries, tables
from fondouk.demo.actions import NotEmpty, NotLoaded, clear_demonstration, load_demonstration
from fondouk.files.actions import keep_made
from fondouk.imports.actions import ImportClosed, import_book, plan_book
from fondouk.imports.workbooks import open_book
from fondouk.lib.demonstration import Scene
from fondouk.people.models import Person
from tests.factories import PersonFactory

from .conftest import SMALL, TODAY

pytestmark = pytest.mark.django_db


def everything() -> dict[str, Any]:
    return {
        name: rows for name in tables.tables() if name != "demo_clearing" and (rows := tables.rows_of(name))
    }


def test_clearing_leaves_what_was_there_before(tmp_path: Path) -> None:
    before = everything()
    load_demonstration(SMALL)
    company = Company.objects.first()
    assert company is not None
    company.name = "Changed by a visitor"
    company.save()
    kept = keep_made(b"x", name="a.pdf", kind="application/pdf", by=None)
    path = Path(kept.content.path)
    assert path.exists()
    clear_demonstration()
    assert everything() == before
    assert not queries.is_loaded()


def test_files_of_the_demonstration_go_with_it(django_capture_on_commit_callbacks: Any) -> None:
    load_demonstration(SMALL)
    path = Path(keep_made(b"x", name="a.pdf", kind="application/pdf", by=None).content.path)
    with django_capture_on_commit_callbacks(execute=True):
        clear_demonstration()
    assert not path.exists()


def test_it_never_joins_what_is_real() -> None:
    PersonFactory()
    with pytest.raises(NotEmpty):
        load_demonstration(SMALL)
    assert Company.objects.count() == 0
    with pytest.raises(NotLoaded):
        clear_demonstration()
    assert Person.objects.count() == 1


def test_keys_go_on_where_they_were_after_clearing() -> None:
    load_demonstration(SMALL)
    clear_demonstration()
    assert PersonFactory().pk == 1
    Company.objects.create(name="Real", key="real")


def test_once_cleared_it_does_not_come_back_by_itself() -> None:
    assert queries.is_wanted()
    load_demonstration(SMALL)
    assert not queries.is_wanted()
    clear_demonstration()
    assert queries.is_empty()
    assert not queries.is_wanted()
    load_demonstration(SMALL)  # but when somebody asks for it


def test_no_book_is_written_into_it(tmp_path: Path) -> None:
    load_demonstration(SMALL)
    book = open_book(Path("tests/data/hub-workbook.xlsx"))
    with pytest.raises(ImportClosed):
        import_book(book, sha256=hashlib.sha256(b"").hexdigest(), by=None, skip_refused=True)
    assert plan_book(book).sheets  # reading it is welcome
    clear_demonstration()
    _plan, run = import_book(book, sha256=hashlib.sha256(b"").hexdigest(), by=None, skip_refused=True)
    assert run is not None


def test_two_of_one_day_are_the_same() -> None:
    def digest() -> str:
        rows = sorted(
            f"{figure.company.name} {figure.indicator} {figure.period} {figure.value} {figure.declared_at}"
            for figure in Figure.objects.select_related("company")
        ) + sorted(
            f"{line.contract} {line.resource} {line.period} {line.rent}"
            for line in ContractLine.objects.select_related("contract", "resource")
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    load_demonstration(SMALL)
    first = digest()
    clear_demonstration()
    load_demonstration(SMALL)
    assert digest() == first


@pytest.mark.long
def test_its_sizes_are_those_of_the_model() -> None:
    load_demonstration(Scene(TODAY))
    supported = {
        code: Residency.objects.filter(site__code=code, period__startswith__lte=TODAY).count()
        for code in ("casablanca", "rabat", "tanger")
    }
    assert 840 < supported["casablanca"] < 960
    assert 150 < supported["rabat"] < 190
    assert 90 < supported["tanger"] < 120
    assert 300 < hosted_count(TODAY) < 350
    assert 2300 < people_employed(TODAY) < 2700
    for year in (2024, 2025, 2026):
        assert Residency.objects.filter(period__startswith__year=year).count() >= 55
