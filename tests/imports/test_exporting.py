"""What is exported imports to the same state: into an empty database, and unchanged into the same one."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fondouk.companies.models import Company, Figure, LegalIdentity, Residency, Sector, SectorAssignment
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.imports.actions import import_book, plan_book
from fondouk.imports.enums import Effect
from fondouk.imports.exporting import export_book
from fondouk.imports.report import preview
from fondouk.imports.schema import kinds
from fondouk.imports.workbooks import RawBook, open_book
from fondouk.sites.models import Building, Floor, Site, SitePhase
from fondouk.spaces.actions import create_resource
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate

from . import books
from .state import state
from .strategies import chosen, filled_sheets

pytestmark = pytest.mark.django_db
TODAY = books.TODAY
LANGUAGES = ("fr", "en", "ar")


def check_round_trip(path: Path, before: Any, language: str) -> None:
    """`before` makes a state; exported, it must import as unchanged here, and to the same state elsewhere."""
    with transaction.atomic():
        before()
        there = state(TODAY)
        export_book(str(path), language=language, today=TODAY)
        exported = open_book(path)
        here = plan_book(exported, today=TODAY)
        changed = [row for row in preview(here) if row["effect"] != Effect.UNCHANGED]
        assert not changed, changed
        assert here.context.writer.is_empty
        transaction.set_rollback(True)
    with transaction.atomic():
        import_book(exported, sha256="", by=None, today=TODAY)
        assert state(TODAY) == there
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def a_sector_of_the_house() -> None:
    """Sectors are settings, which a book names and does not bring: both databases have this one."""
    Sector.objects.get_or_create(
        code="space", defaults={"name_fr": "Spatial", "name_en": "Space", "name_ar": "الفضاء"}
    )


def rich_state() -> None:
    casa = Site.objects.create(
        name="Parc Casablanca",
        name_ar="فندق الدار البيضاء",
        city="Casablanca",
        code="casa",
        address="1, rue A\nCasablanca",
    )
    rabat = Site.objects.create(name="Rabat", city="Rabat", code="casablanca", area=Decimal("12.50"))
    SitePhase.objects.create(site=casa, phase="open", starts_on=date(2001, 1, 1), precision="year")
    SitePhase.objects.create(site=rabat, phase="open", starts_on=date(2012, 3, 1), precision="month")
    building = Building.objects.create(site=casa, code="B1")
    floors = [Floor.objects.create(building=building, level=level) for level in (-1, 0, 3)]
    rooms = []
    for number, code in enumerate(("Salle A", "Salle B", "R&D")):
        part = Part.objects.create(site=casa, floor=floors[number], code=code, area=Decimal("20.25") + number)
        rooms.append(part)
        space = Resource.objects.create(
            site=casa, floor=floors[number], code=code, kind="office", capacity=number, note="=1+1\n@b"
        )
        ResourcePart.objects.create(resource=space, part=part)
        ResourceRate.objects.create(
            resource=space, unit=5, amount=10, period=DateRange(None, date(2020, 1, 1))
        )
        ResourceRate.objects.create(
            resource=space, unit=1, amount=Decimal("99.50"), period=DateRange(date(2020, 1, 1), None)
        )
    joined = Resource.objects.create(
        site=casa, code="Grande salle", kind="meeting_room", declared_area=Decimal(61)
    )
    for part in rooms:
        ResourcePart.objects.create(resource=joined, part=part)
    desk = Resource.objects.create(site=rabat, code="+Coworking", kind="coworking")
    ResourcePart.objects.create(resource=desk, part=Part.objects.create(site=rabat, code="+Coworking"))

    create_resource(
        Resource(site=casa, code="Postes", kind="desk", capacity=1), places=3, area=Decimal(20), by=None
    )
    any_room = Resource.objects.create(site=casa, code="Une salle", kind="meeting_room", is_pool=True)
    for part in rooms[:2]:
        ResourcePart.objects.create(resource=any_room, part=part)
    later = Resource(site=rabat, code="Nouveau", kind="office", in_use_from=date(2027, 3, 1))
    create_resource(later, area=Decimal(12), by=None)

    acme = Company.objects.create(
        name='=HYPERLINK("x")',
        key="hyperlinkx",
        name_ar="شركة",
        activity="@activité",
        email="a@b.example",
        phone="+212 5 22 50 12 34",
    )
    LegalIdentity.objects.create(
        company=acme,
        legal_name="-Légal SARL",
        legal_form="sarl_au",
        ice=books.ice(7),
        rc="0012",
        period=DateRange(None, None),
    )
    sector = Sector.objects.get(code="space")
    SectorAssignment.objects.create(company=acme, sector=sector, period=DateRange(date(2020, 1, 1), None))
    for site, lower, upper, mode in (
        (casa, date(2015, 1, 1), date(2018, 1, 1), "desk"),
        (casa, date(2019, 5, 1), None, "office"),
        (rabat, None, date(2016, 2, 1), "domiciled"),
        (rabat, date(2030, 1, 1), None, "remote"),
    ):
        Residency.objects.create(company=acme, site=site, mode=mode, period=DateRange(lower, upper))
    for year, value in ((2023, Decimal("9999999999.99")), (2024, Decimal("0.10"))):
        Figure.objects.create(
            company=acme,
            indicator="turnover",
            value=value,
            source="staff",
            period=DateRange(date(year, 1, 1), date(year + 1, 1, 1)),
        )
    gone = Company.objects.create(name="NC", key="nc")
    Residency.objects.create(company=gone, site=rabat, period=DateRange(date(2010, 1, 1), date(2011, 1, 1)))

    lease = Contract.objects.create(
        reference="=C-1",
        company=acme,
        site=casa,
        starts_on=date(2020, 1, 1),
        ends_on=date(2024, 12, 31),
        deposit=5,
    )
    for resource, lower, upper, rent in (
        (rooms[0], date(2020, 1, 1), date(2022, 1, 1), 10),
        (rooms[0], date(2022, 1, 1), date(2025, 1, 1), 12),
        (rooms[1], date(2020, 1, 1), date(2025, 1, 1), None),
    ):
        space = Resource.objects.get(code=resource.code)
        ContractLine.objects.create(contract=lease, resource=space, period=DateRange(lower, upper), rent=rent)
    ended = Contract.objects.create(
        reference="C-2", company=gone, site=rabat, starts_on=date(2020, 1, 1), ends_on=date(2030, 12, 31)
    )
    ContractTermination.objects.create(contract=ended, on=date(2021, 6, 30))
    ContractLine.objects.create(
        contract=ended,
        resource=desk,
        occupancy="places",
        places=4,
        period=DateRange(date(2020, 1, 1), date(2021, 7, 1)),
        rent=3,
    )
    endless = Contract.objects.create(reference="C-3", company=acme, site=casa, starts_on=date(2026, 1, 1))
    shared = Resource.objects.get(code="R&D")
    ContractLine.objects.create(
        contract=endless, resource=shared, occupancy="shared", period=DateRange(date(2026, 1, 1), None)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rich_state(language: str, tmp_path: Path) -> None:
    check_round_trip(tmp_path / "out.xlsx", rich_state, language)


@pytest.mark.parametrize("examples", [6, pytest.param(200, marks=pytest.mark.long)])
def test_whatever_an_import_can_bring_about(examples: int, tmp_path: Path) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data(), language=st.sampled_from(LANGUAGES))
    def go_round(data: st.DataObject, language: str) -> None:
        book = RawBook("x.xlsx", [data.draw(filled_sheets(kind)) for kind in kinds()])

        def before() -> None:
            import_book(books.small_book(), sha256="", by=None, today=TODAY)
            import_book(book, sha256="", by=None, mapping=chosen(book), skip_refused=True, today=TODAY)

        check_round_trip(tmp_path / "out.xlsx", before, language)

    go_round()


def test_no_cell_is_a_formula_and_risky_texts_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    rich_state()
    export_book(str(path), today=TODAY)
    risky = []
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
                    assert cell.quotePrefix, cell.coordinate
                    risky.append(cell.value)
    assert {'=HYPERLINK("x")', "@activité", "-Légal SARL", "=C-1", "+Coworking", "=1+1\n@b"} <= set(risky)
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=5))
def test_texts_come_back_as_they_were(texts: list[str], tmp_path: Path) -> None:
    from fondouk.imports import readers
    from fondouk.imports.schema import Heading
    from fondouk.imports.workbooks.writing import BookWriter

    risky = [sign + text for text in texts for sign in ("", "=", "+", "@", "-", "\t", "_x0041_")]
    writer = BookWriter()
    writer.begin_sheet("A", ["header", "end"])
    for text in risky:
        writer.append([text, "."])
    writer.save(str(tmp_path / "texts.xlsx"))
    rows = open_book(tmp_path / "texts.xlsx").sheets[0].rows[1:]
    heading = Heading("", "")
    clean = [readers.FORBIDDEN.sub("", text) for text in risky]
    read = [readers.name("" if row[0] is None else row[0], heading) for row in rows]
    assert read == [readers.name(text, heading) for text in clean]


def test_what_a_workbook_cannot_hold_is_counted(tmp_path: Path) -> None:
    rich_state()
    Figure.objects.create(
        company=Company.objects.first(), indicator="headcount", value=3, unit="people", source="staff",
        period=DateRange(date(2025, 1, 1), date(2025, 7, 1)),
    )  # fmt: skip
    exported = export_book(str(tmp_path / "out.xlsx"), language="en", today=TODAY)
    assert exported.rows == {"sites": 2, "spaces": 8, "companies": 2, "contracts": 5}
    assert {what for _kind, what in exported.left_out} == {
        "Rates of other times or currencies",
        "Figures of other periods than whole years",
    }


def test_a_space_on_the_part_of_another_keeps_the_area_that_was_declared_for_it(tmp_path: Path) -> None:
    spaces = [["Surface m²", "Composée de", "N° espace"], [0.5, "A", "A+B"], [12, None, "A"]]
    book = books.book(Sites=[["Ville", "Nom du site"], ["Casablanca", "Parc"]], Espaces=spaces)

    def before() -> None:
        import_book(book, sha256="", by=None, today=TODAY, skip_refused=True)

    check_round_trip(tmp_path / "there.xlsx", before, "fr")
