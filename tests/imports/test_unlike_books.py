"""Books as other houses keep them: other languages, formats, headers, units and habits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fondouk.companies.models import Company, Figure, LegalIdentity, Membership, Residency
from fondouk.contracts.models import Contract, ContractLine
from fondouk.imports.actions import import_book, plan_book
from fondouk.imports.report import report
from fondouk.imports.workbooks import open_book
from fondouk.sites.models import Floor, Site, SitePhase
from fondouk.spaces.models import Resource, ResourceRate

from . import books

pytestmark = pytest.mark.django_db


def read(path: Path, **options: Any) -> dict[str, Any]:
    """Import a file as far as it is right, and tell what became of each sheet."""
    plan, _run = import_book(
        open_book(path), sha256="", by=None, skip_refused=True, today=books.TODAY, **options
    )
    return report(plan)


def refusals(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [
        (entry["row"], entry["column"], entry["code"])
        for sheet in found["sheets"]
        for entry in sheet["refused"]
    ]


def figures(name: str) -> dict[tuple[str, int], Decimal]:
    found = Figure.objects.filter(company__name=name)
    return {(figure.indicator, figure.period.lower.year): figure.value for figure in found}


def test_english_companies_in_windows_1252(tmp_path: Path) -> None:
    found = read(books.english_companies(tmp_path / "companies.csv"))
    assert [(sheet["kind"], sheet["rows"], sheet["created"]) for sheet in found["sheets"]] == [
        ("companies", 2, 2)
    ]
    assert refusals(found) == []
    cafe = Company.objects.get(name="Café Numérique")
    assert (cafe.email, cafe.phone) == ("amina@cafe.example", "+212 5 22 50 12 34")
    assert figures("Café Numérique") == {
        ("headcount", 2025): 12,
        ("women", 2025): 5,
        ("turnover", 2025): Decimal("1200.50"),
    }
    assert figures("Œuvre & Son")["turnover", 2025] == 3560
    assert LegalIdentity.objects.get(company__name="Œuvre & Son").ice == books.ice(2)


def test_an_arabic_ods_with_merged_cells(tmp_path: Path) -> None:
    found = read(books.arabic_book(tmp_path / "hub.ods"))
    assert [(sheet["kind"], sheet["rows"]) for sheet in found["sheets"]] == [
        ("companies", 2),
        ("spaces", 2),
        ("sites", 1),
    ]
    assert refusals(found) == []
    assert figures("شركة الأطلس ش.م.م") == {
        ("headcount", 2025): 12,
        ("women", 2025): 4,
        ("turnover", 2025): 950_000,
    }
    assert {stay.period.lower for stay in Residency.objects.all()} == {date(2024, 12, 1), date(2022, 3, 1)}
    assert found["totals"]["companies_resident"] == 1
    assert sorted(Floor.objects.values_list("level", flat=True)) == [0, 1]
    assert SitePhase.objects.get().starts_on == date(2001, 1, 1)


def test_a_directory_with_contacts(tmp_path: Path) -> None:
    Site.objects.create(name="Casa", city="Casablanca", code="casa")
    found = read(books.contacts_only(tmp_path / "contacts.xlsx"))
    assert refusals(found) == []
    assert found["sheets"][0]["rows"] == 3
    assert found["sheets"][0]["ignored_columns"] == ["N°"]
    atlas = Company.objects.get(name="ATLAS DATA")
    assert (atlas.phone, atlas.email, atlas.website) == (
        "+212 6 61 23 45 67",
        "contact@atlas.example",
        "https://atlas.example",
    )
    assert Company.objects.get(name="Agdal Média").phone == "+212 6 61 23 45 68 / +212 5 22 50 12 34"
    assert set(Membership.objects.values_list("person__name", "title")) == {
        ("M. Alami", "Dirigeant"),
        ("Mme Bennis", "Dirigeant"),
        ("Contact commercial", "Dirigeant"),
    }
    assert set(Residency.objects.values_list("period__startswith", flat=True)) == {
        date(2023, 1, 1),
        date(2023, 5, 4),
    }
    warned = {(entry["row"], entry["code"]) for entry in found["sheets"][0]["warnings"]}
    assert warned == {(10, "phone"), (10, "website"), (10, "no ice")}


def test_contracts_of_several_lines(tmp_path: Path) -> None:
    import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    found = read(books.contracts_only(tmp_path / "contracts.xlsx"))
    assert refusals(found) == [(5, "Local", "overlap")]
    contract = Contract.objects.get(reference="C-7")
    assert (contract.starts_on, contract.ends_on, contract.deposit) == (
        date(2030, 1, 1),
        date(2031, 12, 31),
        3000,
    )
    lines = ContractLine.objects.filter(contract=contract).order_by("period", "resource__code")
    assert [(line.resource.code, line.rent) for line in lines] == [
        ("C1001", 1500),
        ("C1002", 800),
        ("C1001", 1600),
    ]


def test_spaces_with_floors_in_words_and_joined_rooms(tmp_path: Path) -> None:
    Site.objects.create(name="Parc Casablanca", city="Casablanca", code="casa")
    found = read(books.spaces_book(tmp_path / "spaces.xlsx"))
    assert refusals(found) == [(6, "Composée de", "unknown space"), (7, "Niveau", "floor")]
    assert found["totals"] | {"spaces": 4, "combined_rooms": 1} == found["totals"]
    joined = Resource.objects.get(code="Salle Atlas-Rif")
    assert sorted(part.code for part in joined.parts.all()) == ["Salle Atlas", "Salle Rif"]
    assert joined.declared_area is None and joined.area == Decimal("75.50")
    levels = {
        space.code: space.floor.level for space in Resource.objects.select_related("floor") if space.floor
    }
    assert levels == {"Salle Atlas": 0, "Salle Rif": 1, "Dépôt": -1, "Salle Atlas-Rif": 2}
    assert sorted(
        ResourceRate.objects.filter(resource__code="Salle Atlas").values_list("unit", "amount")
    ) == [(4, 1200), (5, 200)]


def test_figures_of_three_years_under_two_rows_of_headers(tmp_path: Path) -> None:
    Site.objects.create(name="Parc Casablanca", city="Casablanca", code="casa")
    found = read(books.wide_book(tmp_path / "wide.xlsx"))
    assert refusals(found) == []
    assert found["sheets"][0]["rows"] == 3
    assert figures("Zenata Robotics") == {
        ("turnover", 2023): 1_000_000,
        ("turnover", 2024): 1_250_500,
        ("turnover", 2025): 2_000_000,
        ("headcount", 2025): 14,
        ("women", 2025): 6,
    }
    assert Company.objects.filter(name="Total Maroc Services").exists()


BOOKS: list[tuple[Callable[[Path], Path], str]] = [
    (books.english_companies, "a.csv"),
    (books.arabic_book, "b.ods"),
    (books.contacts_only, "c.xlsx"),
    (books.contracts_only, "d.xlsx"),
    (books.spaces_book, "e.xlsx"),
    (books.wide_book, "f.xlsx"),
]


@pytest.mark.parametrize(("make", "name"), BOOKS)
def test_imported_twice_each_changes_nothing(make: Callable[[Path], Path], name: str, tmp_path: Path) -> None:
    import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    path = make(tmp_path / name)
    read(path)
    plan = plan_book(open_book(path), today=books.TODAY)
    assert plan.context.writer.is_empty
    assert plan.changes == 0
