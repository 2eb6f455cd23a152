"""A whole import taken back: everything as before, or nothing at all where somebody has built on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fondouk.audit.models import Entry
from fondouk.companies.models import (
    Company,
    CompanyDocument,
    CompanyNote,
    Figure,
    Residency,
    SectorAssignment,
)
from fondouk.contracts.actions import occupy
from fondouk.contracts.models import Contract, ContractLine
from fondouk.files.models import StoredFile
from fondouk.imports.actions import BookRefused, CannotUndo, import_book, undo_import
from fondouk.imports.models import Import, ImportedChange
from fondouk.imports.workbooks import RawBook
from fondouk.lib.zones import local_range
from fondouk.sites.models import Site
from fondouk.spaces.actions import claim
from fondouk.spaces.claims import OWNERS, Owner, Wanted, register
from fondouk.spaces.models import Resource

from . import books
from .state import EVERYTHING, claims, state

pytestmark = pytest.mark.django_db
TODAY = books.TODAY


def imported(book: RawBook, today: date = TODAY) -> Import:
    _plan, run = import_book(book, sha256="", by=None, today=today, skip_refused=True)
    assert run is not None
    return run


def changed_book() -> RawBook:
    """`small_book` as it is a year later: sector, dates, rent, area, kind and figures are others."""
    book = books.small_book()
    _sites, spaces, companies, contracts = (sheet.rows for sheet in book.sheets)
    spaces[1][4], spaces[1][5] = "Bureau PME", 16
    companies[0] += ["Effectif 2025"]
    for row in companies[1:]:
        row.append(12)
    companies[1][2], companies[1][3] = "Eau", "01/03/2024"
    companies[2][5], companies[2][6] = "sortie", "31/10/2026"
    contracts[1][3], contracts[1][4], contracts[1][5] = "01/03/2024", "31/12/2026", 800
    return book


def test_everything_an_import_made_is_gone() -> None:
    run = imported(books.small_book())
    undo_import(run, by=None)
    assert all(not model.objects.exists() for model in EVERYTHING)
    assert Import.objects.get().undo.by is None
    assert Entry.objects.filter(verb="imports.import_undone").exists()


def test_an_undo_that_would_need_what_was_booked_since_is_refused() -> None:
    """The import shortened a contract, and somebody has taken the office for the time that became free."""
    imported(books.small_book(), today=date(2025, 6, 1))
    run = imported(changed_book())
    line = ContractLine.objects.get(contract__reference="CH-1")
    part, (start, end) = line.resource.parts.get(), local_range(date(2027, 6, 1), line.resource.site.zone)
    register(Owner(code="works", label="Travaux"))
    try:
        claim("works", [Wanted(1, part.pk, start, end)])
        held = claims()
        with pytest.raises(CannotUndo):
            undo_import(run, by=None)
        assert claims() == held
    finally:
        del OWNERS["works"]


def test_everything_an_import_changed_is_as_before() -> None:
    imported(books.small_book(), today=date(2025, 6, 1))
    before, figures, held = state(TODAY), Figure.objects.count(), claims()
    run = imported(changed_book())
    assert state(TODAY) != before
    assert claims() != held
    assert SectorAssignment.objects.filter(company__name="Société 1").count() == 2
    undo_import(run, by=None)
    assert (state(TODAY), claims()) == (before, held)
    assert Figure.objects.count() == figures
    assert SectorAssignment.objects.get(company__name="Société 1").period == DateRange(None, None)


def test_twice_is_once_too_many() -> None:
    run = imported(books.small_book())
    undo_import(run, by=None)
    with pytest.raises(CannotUndo) as caught:
        undo_import(run, by=None)
    assert caught.value.code == "undone"


def _note() -> None:
    CompanyNote.objects.create(company=Company.objects.first(), text="a note")


def _document() -> None:
    file = StoredFile.objects.create(name="a.pdf", size=1, sha256="0" * 64, content_type="application/pdf")
    CompanyDocument.objects.create(company=Company.objects.first(), file=file, title="Statuts")


def _contract() -> None:
    company = Company.objects.get(name="Société 3")
    site = Site.objects.get()
    contract = Contract.objects.create(reference="X", company=company, site=site, starts_on=TODAY)
    ContractLine.objects.create(
        contract=contract, resource=Resource.objects.get(code="C-Coworking"), period=DateRange(TODAY, None)
    )


def _stay() -> None:
    period = DateRange(date(2010, 1, 1), date(2011, 1, 1))
    Residency.objects.create(company=Company.objects.first(), site=Site.objects.get(), period=period)


@pytest.mark.parametrize("build", [_note, _document, _contract, _stay])
def test_refused_when_something_was_built_on_it(build: Any) -> None:
    run = imported(books.small_book())
    build()
    before = state(TODAY)
    with pytest.raises(CannotUndo) as caught:
        undo_import(run, by=None)
    assert caught.value.code == "used" and caught.value.subject
    assert state(TODAY) == before


def test_refused_when_a_row_was_edited_or_deleted() -> None:
    run = imported(books.small_book())
    Company.objects.filter(name="Société 1").update(activity="edited")
    with pytest.raises(CannotUndo) as caught:
        undo_import(run, by=None)
    assert (caught.value.code, caught.value.subject) == ("changed", "Société 1")
    Company.objects.update(activity="")
    ContractLine.objects.all().delete()
    with pytest.raises(CannotUndo) as caught:
        undo_import(run, by=None)
    assert caught.value.code == "changed"


def test_imports_are_undone_from_the_last_one_back() -> None:
    first = imported(books.small_book())
    second = imported(changed_book())
    with pytest.raises(CannotUndo):
        undo_import(first, by=None)
    undo_import(second, by=None)
    undo_import(first, by=None)
    assert not Company.objects.exists()


def test_a_refused_book_leaves_nothing_to_undo() -> None:
    book = books.small_book()
    book.sheets[2].rows[1][1] = "123"
    with pytest.raises(BookRefused):
        import_book(book, sha256="", by=None, today=TODAY)
    assert (
        not Import.objects.exists() and not ImportedChange.objects.exists() and not Company.objects.exists()
    )


def edited(before: Any, key: str) -> Any:
    """The state with that edit in it."""
    if key not in before["companies"]:
        return before
    (name, arabic, _activity, *contact), *rest = before["companies"][key]
    return {
        **before,
        "companies": {**before["companies"], key: ((name, arabic, "edited", *contact), *rest)},
    }


class Imports(RuleBasedStateMachine):
    """Any sequence of imports, edits and undos: an undo gives back the state before its import, or refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[tuple[Import, Any]] = []

    @initialize()
    def empty(self) -> None:
        from django.db import transaction

        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    @rule(
        companies=st.integers(1, 4),
        sector=st.sampled_from(["TIC", "Eau", "Design"]),
        day=st.sampled_from(["01/02/2024", "01/06/2024", "01/02/2023"]),
        rent=st.integers(0, 3),
    )
    def import_a_book(self, companies: int, sector: str, day: str, rent: int) -> None:
        book = books.small_book(companies)
        for row in book.sheets[2].rows[1:]:
            row[2], row[3] = sector, day
        for row in book.sheets[3].rows[1:]:
            row[3], row[5] = day, rent
        before = state(TODAY)
        _plan, run = import_book(book, sha256="", by=None, today=TODAY)
        if run is None:
            assert state(TODAY) == before
        else:
            self.runs.append((run, before))
        _plan, again = import_book(book, sha256="", by=None, today=TODAY)
        assert again is None

    @rule(number=st.integers(0, 3))
    def edit_a_company(self, number: int) -> None:
        """No book speaks of it: it stands whatever is undone later, where the company stood before."""
        Company.objects.filter(name=f"Société {number}").update(activity="edited")
        self.runs = [(run, edited(before, f"societe{number}")) for run, before in self.runs]

    @rule(place=st.integers(0, 5))
    def undo(self, place: int) -> None:
        if place >= len(self.runs):
            return
        run, before = self.runs[place]
        now = state(TODAY)
        try:
            undo_import(run, by=None)
        except CannotUndo:
            assert state(TODAY) == now
        else:
            if place == len(self.runs) - 1:
                assert state(TODAY) == before
            del self.runs[place]

    @invariant()
    def claims_are_those_of_the_contracts_that_stand(self) -> None:
        held = claims()
        occupy()
        assert claims() == held

    @invariant()
    def every_change_kept_belongs_to_an_import_that_stands(self) -> None:
        standing = Import.objects.filter(undo=None).count()
        assert standing == len(self.runs)

    def teardown(self) -> None:
        from django.db import transaction

        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


@pytest.mark.parametrize("examples", [6, pytest.param(100, marks=pytest.mark.long)])
def test_sequences_of_imports_edits_and_undos(examples: int) -> None:
    options = settings(
        max_examples=examples,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Imports, settings=options)  # type: ignore[no-untyped-call]
