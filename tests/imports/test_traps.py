"""What workbooks of parks hold that a quick reader takes for something else: each was read wrongly once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fondouk.companies.imports.contacts import contact_of
from fondouk.companies.models import Company, Figure, Residency
from fondouk.contracts.models import Contract
from fondouk.imports.actions import import_book, plan_book
from fondouk.imports.report import report
from fondouk.imports.workbooks import RawBook, RawSheet, UnreadableBook, open_book
from fondouk.spaces.models import Resource, ResourcePart

from . import books

pytestmark = pytest.mark.django_db
TODAY = books.TODAY


def told(book: RawBook) -> dict[str, Any]:
    return report(plan_book(book, today=TODAY))


def brought(book: RawBook) -> dict[str, Any]:
    return report(import_book(book, sha256="", by=None, skip_refused=True, today=TODAY)[0])


def codes(sheet: dict[str, Any], where: str) -> list[tuple[int, str]]:
    return [(entry["row"], entry["code"]) for entry in sheet[where]]


def figures() -> dict[tuple[str, int], int]:
    return {(f.indicator, f.period.lower.year): int(f.value) for f in Figure.objects.all()}


COMPANY = ["Raison sociale", "ICE", "Secteur"]


def one(headers: list[Any], *cells: Any) -> RawBook:
    """A sheet with one company and some more columns."""
    return books.book(Entreprises=[[*COMPANY, *headers], ["Atlas", books.ice(1), "TIC", *cells]])


class TestYears:
    def test_years_under_merged_headings(self) -> None:
        sheet = RawSheet(
            "Suivi",
            [
                [*COMPANY, "Effectif", None, "CA (KDH)", None],
                [None, None, None, 2024, 2025, 2024, 2025],
                ["Atlas", books.ice(1), "TIC", 3, 5, 100, 200],
            ],
            [((0, 3), (0, 4)), ((0, 5), (0, 6))],
        )
        brought(RawBook("x.xlsx", [sheet]))
        assert figures() == {
            ("headcount", 2024): 3,
            ("headcount", 2025): 5,
            ("turnover", 2024): 100_000,
            ("turnover", 2025): 200_000,
        }

    def test_years_above_headings_that_come_again(self) -> None:
        rows = [
            [None, None, None, 2024, None, 2025, None],
            [*COMPANY, "Effectif", "CA (KDH)", "Effectif", "CA (KDH)"],
            ["Atlas", books.ice(1), "TIC", 3, 100, 5, 200],
        ]
        brought(books.book(Suivi=rows))
        assert figures()["headcount", 2024] == 3
        assert figures()["turnover", 2025] == 200_000

    @pytest.mark.parametrize("banner", ["Situation au 31 décembre 2024", "Exercice 2024, tiré le 03/02/2025"])
    def test_the_year_that_a_banner_gives_in_words(self, banner: str) -> None:
        brought(books.book(Suivi=[[banner], [*COMPANY, "Effectif"], ["Atlas", books.ice(1), "TIC", 3]]))
        assert figures() == {("headcount", 2024): 3}

    def test_the_year_in_the_name_of_the_sheet(self) -> None:
        brought(books.book(**{"CA 2024": [[*COMPANY, "CA (KDH)"], ["Atlas", books.ice(1), "TIC", 3]]}))
        assert figures() == {("turnover", 2024): 3000}

    def test_a_year_that_has_not_begun_has_no_figures(self) -> None:
        assert codes(told(one(["CA 2027 (DH)"], 5))["sheets"][0], "refused") == [(2, "year")]


@pytest.mark.parametrize(
    "header",
    [
        "CA 2025 (K€)",
        "CA 2019 (USD)",
        "CA 2024 (prévisionnel)",
        "Effectif 2025 (prévu)",
        "CA 2025 (9 mois)",
        "CA au 30/06/2024",
        "CA 2021-2022",
        "CA T1 2025",
        "CA 2018 (TTC)",
    ],
)
def test_a_number_with_a_reserve_is_left_to_the_reader(header: str) -> None:
    found = brought(one([header], 500))
    assert found["sheets"][0]["ignored_columns"] == [header]
    assert figures() == {}


def test_a_rent_by_the_quarter_is_no_monthly_rent() -> None:
    book = books.small_book()
    book.sheets[3].rows[0] = [
        "Loyer (trimestriel)" if "Loyer" in str(h) else h for h in book.sheets[3].rows[0]
    ]
    assert told(book)["sheets"][3]["ignored_columns"] == ["Loyer (trimestriel)"]


def test_three_decimals_of_a_million() -> None:
    brought(one(["CA 2025 (MDH)"], "1,250"))
    assert figures() == {("turnover", 2025): 1_250_000}


class TestRowsThatAreNone:
    WIDE = [*COMPANY, "Effectif 2025", "E-mail"]
    FULL = [
        ["Atlas", books.ice(1), "TIC", 3, "a@b.example"],
        ["Rif", books.ice(2), "TIC", 4, "b@b.example"],
    ]

    @pytest.mark.parametrize(
        "note", ["Site de Rabat", "Source : direction du parc", "Casablanca, le 15/01/2025"]
    )
    def test_a_lone_text_between_full_rows_is_left_aside_and_said(self, note: str) -> None:
        found = brought(books.book(E=[self.WIDE, self.FULL[0], [note], self.FULL[1]]))
        assert codes(found["sheets"][0], "warnings") == [(3, "left aside")]
        assert Company.objects.count() == 2

    def test_a_company_called_total_is_not_lost_without_a_word(self) -> None:
        rows = [
            ["Total Énergies Maroc", None, None, 7],
            ["Total général", None, None, 14],
            ["Rabat Total", None, None, 14],
        ]
        found = brought(books.book(E=[self.WIDE, *self.FULL, *rows]))
        assert codes(found["sheets"][0], "warnings") == [(4, "left aside"), (6, "left aside")]
        assert Company.objects.count() == 2

    def test_a_second_table_is_not_read_with_the_columns_of_the_first(self) -> None:
        rows = [
            ["Société", "ICE", "Secteur", "Date de sortie"],
            ["Partie", books.ice(3), "TIC", "01/06/2025"],
        ]
        found = brought(books.book(E=[self.WIDE, *self.FULL, *rows]))
        assert codes(found["sheets"][0], "refused") == [(4, "another table")]
        assert Company.objects.count() == 2


class TestSheets:
    @pytest.mark.parametrize("name", ["Impayés", "Candidatures refusées", "Événements", "Formations 2025"])
    def test_a_sheet_about_something_else(self, name: str) -> None:
        found = told(
            books.book(
                Sites=books.SITES, **{name: [[*COMPANY, "Effectif"], ["Atlas", books.ice(1), "TIC", 3]]}
            )
        )
        assert found["ignored_sheets"] == [name]

    def test_the_plural_of_bureau_is_no_other_column(self) -> None:
        book = books.small_book()
        book.sheets[3].rows[0] = [
            "Bureaux" if h in ("Espace", "Bureau") else h for h in book.sheets[3].rows[0]
        ]
        assert told(book)["sheets"][3]["kind"] == "contracts"

    def test_a_sheet_that_lacks_one_column_says_which(self) -> None:
        book = books.small_book()
        book.sheets[3].rows[0] = ["Quoi" if h in ("Espace", "Bureau") else h for h in book.sheets[3].rows[0]]
        found = told(book)
        assert found["ignored_sheets"] == [book.sheets[3].name]
        assert [warning["code"] for warning in found["warnings"]] == ["sheet left out"]

    def test_a_column_without_header_is_named_by_its_letter(self) -> None:
        assert told(one([None], "perdu"))["sheets"][0]["ignored_columns"] == ["(D)"]

    def test_a_sheet_called_after_a_site(self) -> None:
        brought(
            books.book(
                Sites=books.SITES,
                **{
                    "Parc Casablanca": [
                        [*COMPANY, "Date d'entrée"],
                        ["Atlas", books.ice(1), "TIC", "01/01/2024"],
                    ]
                },
            )
        )
        assert Residency.objects.get().company.name == "Atlas"

    def test_the_name_of_a_person_beside_that_of_a_company(self) -> None:
        rows = [
            ["Nom", "Prénom", "Société", "Téléphone", "Secteur"],
            ["Alami", "Sara", "Atlas", "0522501234", "TIC"],
        ]
        brought(books.book(Annuaire=rows))
        assert [company.name for company in Company.objects.all()] == ["Atlas"]


class TestContracts:
    def book(self, *rows: list[Any]) -> RawBook:
        book = books.small_book()
        book.sheets[3].rows = [["Référence", "Entreprise", "ICE", "Site", "Espace", "Début"], *rows]
        return book

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (["X", "Société 1", books.ice(2), None, "C1001", "01/01/2024"], "unknown company"),
            (["X", "Société 1", None, None, "C1001 + C1002", "01/01/2024"], "several spaces"),
            (["X", "Société 1", None, None, "C10-01", "01/01/2024"], "unknown space"),
        ],
    )
    def test_what_is_refused(self, row: list[Any], code: str) -> None:
        assert codes(told(self.book(row))["sheets"][3], "refused") == [(2, code)]

    def test_an_office_of_another_site_is_not_taken_instead(self) -> None:
        book = self.book(["X", "Société 1", None, "Rabat", "C1001", "01/01/2024"])
        book.sheets[0].rows.append(["Rabat", "Parc Rabat", None, None][: len(book.sheets[0].rows[0])])
        assert codes(told(book)["sheets"][3], "refused") == [(2, "unknown space")]

    def test_a_free_office_makes_no_contract(self) -> None:
        found = brought(self.book([None, "libre", None, None, "C1001", None]))
        assert codes(found["sheets"][3], "warnings") == [(2, "free")]
        assert not Contract.objects.exists()

    def test_a_reference_written_with_another_sign_is_the_same_contract(self) -> None:
        brought(self.book(["CH-2024-0001", "Société 1", None, None, "C1001", "01/01/2024"]))
        again = self.book(["CH 2024-0001", "Société 1", None, None, "C1001", "01/01/2024"])
        assert told(again)["sheets"][3]["unchanged"] == 1


@pytest.mark.parametrize(
    ("code", "rooms"), [("T 202 + T 203", ["T 202", "T 203"]), ("Atlas & Rif", ["Salle Atlas", "Salle Rif"])]
)
def test_rooms_that_join_others_count_their_metres_once(code: str, rooms: list[str]) -> None:
    header = ["Site", "N° espace", "Type", "Surface (m²)"]
    rows = [["Casablanca", room, "Salle de réunion", 25] for room in rooms]
    found = brought(
        books.book(Sites=books.SITES, Espaces=[header, *rows, ["Casablanca", code, "Salle combinée", 50]])
    )
    assert found["totals"]["combined_rooms"] == 1
    assert ResourcePart.objects.filter(resource__code=code).count() == 2


def test_a_dash_between_digits_tells_rooms_apart() -> None:
    header = ["Site", "N° espace", "Type", "Surface (m²)"]
    rows = [["Casablanca", "Q1-12", "Bureau", 10], ["Casablanca", "Q11-2", "Bureau", 20]]
    brought(books.book(Sites=books.SITES, Espaces=[header, *rows]))
    assert Resource.objects.count() == 2


def test_a_row_that_renames_a_company_says_so() -> None:
    brought(one([]))
    book = books.book(E=[COMPANY, ["Tout Autre", books.ice(1), "TIC"]])
    assert (2, "name changed") in codes(told(book)["sheets"][0], "warnings")


@pytest.mark.parametrize("written", ["000000000000000", "en cours", "NC"])
def test_a_placeholder_is_no_ice(written: str) -> None:
    found = told(books.book(E=[COMPANY, ["Atlas", written, "TIC"]]))
    assert codes(found["sheets"][0], "warnings") == [(2, "no ice")]


def test_who_is_in_charge_is_taken_apart() -> None:
    found = contact_of("M. Ali Idrissi (gérant) - 0661 23 45 67 - ali@contact.example")
    assert (found.name, found.title, found.email) == ("Ali Idrissi", "gérant", "ali@contact.example")
    assert found.phone is not None and found.phone.e164 == "+212661234567"
    assert contact_of("Mme Bennis").name == "Mme Bennis"


class TestTexts:
    def save(self, path: Path, content: bytes) -> Path:
        path.write_bytes(content)
        return path

    def test_a_thousands_comma_that_makes_a_cell_too_many(self, tmp_path: Path) -> None:
        content = f"Société,ICE,Secteur,CA 2025\nAtlas,{books.ice(1)},TIC,1,200\n".encode()
        assert codes(told(open_book(self.save(tmp_path / "a.csv", content)))["sheets"][0], "refused") == [
            (2, "cells")
        ]

    def test_a_quote_that_is_never_closed(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableBook, match=r"quote|guillemet"):
            open_book(self.save(tmp_path / "a.csv", b'Nom;ICE\n"Atlas;1\nRif;2\n'))

    def test_arabic_as_its_spreadsheets_save_it(self, tmp_path: Path) -> None:
        text = "الاسم;القطاع\nشركة النور;برمجيات\n"
        assert open_book(self.save(tmp_path / "a.csv", text.encode("cp1256"))).sheets[0].rows[1] == [
            "شركة النور",
            "برمجيات",
        ]
