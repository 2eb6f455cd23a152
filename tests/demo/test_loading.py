"""The demonstration comes into an empty database only, and goes without a trace."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fondouk.audit.models import Entry
from fondouk.companies.models import Company, Figure, LegalIdentity, Residency
from fondouk.companies.queries import hosted_count, people_employed
from fondouk.contracts.models import Contract, ContractLine
from fondouk.demo import queries, tables
from fondouk.demo.actions import NotEmpty, NotLoaded, clear_demonstration, load_demonstration
from fondouk.files.actions import keep_made
from fondouk.impact.models import Edition
from fondouk.imports.actions import ImportClosed, import_book, plan_book
from fondouk.imports.exporting import export_book
from fondouk.imports.workbooks import open_book
from fondouk.lib.demonstration import Scene
from fondouk.openings.models import Opening
from fondouk.people.models import Account, Person
from fondouk.sites.models import Network
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
SMALL = Scene(TODAY, scale=0.05)


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


def test_it_is_not_loaded_twice() -> None:
    load_demonstration(SMALL)
    with pytest.raises(NotEmpty):
        load_demonstration(SMALL)


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


def test_the_importer_finds_nothing_to_refuse_or_to_change_in_it(tmp_path: Path) -> None:
    """Its rows hold to everything that is asked of a hub's own books."""
    load_demonstration(SMALL)
    target = tmp_path / "book.xlsx"
    export_book(str(target), language="fr")
    plan = plan_book(open_book(target))
    assert plan.refused == 0
    assert plan.context.writer.is_empty
    assert Network.objects.get().is_demonstration is not False


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


def test_its_history_makes_sense() -> None:
    load_demonstration(SMALL)
    assert Entry.objects.filter(at__gt=f"{TODAY} 23:59+00:00").count() == 0
    for identity in LegalIdentity.objects.exclude(ice=""):
        assert identity.ice.startswith("9900000")  # of no company
    for stay in Residency.objects.select_related("company"):
        identity = stay.company.identities.first()
        assert identity.incorporated_on < stay.period.lower
    for contract in Contract.objects.select_related("company").prefetch_related("company__residencies"):
        stay = next(
            stay for stay in contract.company.residencies.all() if stay.period.lower <= contract.starts_on
        )
        last = contract.last_day
        assert stay.period.upper is None or (last is not None and last < stay.period.upper)
    for person in Person.objects.prefetch_related("emails"):
        assert person.main_email.endswith(".example")
        assert person.phone == ""
    assert all(not account.has_usable_password() for account in Account.objects.all())


def test_what_was_decided_long_ago_stands_on_its_day() -> None:
    load_demonstration(SMALL)
    editions = list(Edition.objects.order_by("year"))
    assert [(one.published_at.year, one.known_on) for one in editions] == [
        (one.year + 1, one.published_at) for one in editions
    ]
    assert all(one.content["share"] for one in editions)
    assert {entry.at.year for entry in Entry.objects.filter(verb="impact.edition_published")} == {
        one.year + 1 for one in editions
    }
    steps = Opening.objects.get().steps.all()
    assert 2 <= sum(step.done_on is not None for step in steps) <= len(steps) - 4


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
