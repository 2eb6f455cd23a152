# ruff: noqa: E501 - tables of headers
"""Headers as people write them, and what is no row of data."""

from __future__ import annotations

from typing import Any

import pytest

from fondouk.imports.headings import read_heading
from fondouk.imports.recognition import OTHER_MATTERS, ReadSheet, recognise
from fondouk.imports.rows import data_rows
from fondouk.imports.schema import KINDS, Meaning, UnknownField, meanings_of
from fondouk.imports.workbooks import RawBook, RawSheet
from fondouk.lib.text import fold

from . import books

WRITTEN = {
    "companies": {
        "name": ["Raison sociale", "DÉNOMINATION SOCIALE", "Société", " Entreprise ", "Sté", "Nom de l'entreprise", "Company", "الشركة"],
        "ice": ["ICE", "I.C.E.", "N° ICE", "n°ICE", "Numéro ICE", "Identifiant Commun de l'Entreprise", "التعريف الموحد"],
        "rc": ["RC", "R.C.", "N° RC", "Registre de commerce"],
        "if_number": ["IF", "I.F", "Identifiant fiscal", "Tax ID"],
        "phone": ["Tél.", "GSM", "N° de téléphone", "Téléphone", "Tel", "TÉL / GSM", "Phone", "رقم الهاتف"],
        "email": ["E-mail", "Email", "Adresse mail", "e mail", "البريد الإلكتروني"],
        "turnover": [
            "CA 2025 (KDH)", "Chiffre d'affaires 2024 en DH", "C.A.", "CA HT 2023", "Chiffre d’affaires\n(en milliers de DH)",
            "Turnover 2025", "رقم المعاملات 2025 (ألف درهم)", "CA réalisé en 2024 (MDH)",
        ],
        "headcount": ["Effectif", "Effectif au 31/12/2025", "Effectif total fin 2024", "Nbre d'employés", "Nombre de salariés (2025)", "Employees"],
        "women": ["Dont femmes", "Dont F", "Nbre de femmes", "Femmes 2025", "of which women", "عدد النساء"],
        "entry": ["Date d'entrée", "Date entrée", "Entrée le", "DATE D’ENTREE", "Move-in date", "تاريخ الدخول"],
        "exit": ["Date de sortie", "Date sortie", "Départ", "Left on"],
        "manager": ["Gérant", "Gérant(e)", "Représentant légal", "Contact", "CEO"],
        "legal_form": ["Forme juridique", "F.J.", "Forme jur."],
    },
    "contracts": {
        "reference": ["Référence", "N° Conv.", "N° convention", "Réf. contrat", "Contract no", "رقم العقد"],
        "start": ["Début", "Du", "Date d'effet", "Prise d'effet", "À compter du", "Start date"],
        "end": ["Fin", "Au", "Échéance", "Date de fin", "Until"],
        "rent": ["Loyer mensuel HT", "Loyer (DH)", "Redevance mensuelle HT en DH", "Monthly rent", "Loyer HT / mois"],
        "deposit": ["Caution", "Dépôt de garantie (DH)", "Deposit"],
    },
    "spaces": {
        "area": ["Surface m²", "Surface (m2)", "Sup. en m²", "Superficie", "Area (sqm)", "المساحة م²"],
        "rate": ["Tarif HT DH/m²/mois", "Prix au m²", "Tarif HT (DH/m²)", "Loyer au m² (DH)"],
        "rate_day": ["Tarif jour (DH)", "Tarif par jour", "Prix/jour"],
        "code": ["N° espace", "N° Bureau", "Bureau", "Local", "Room no"],
        "floor": ["Étage", "Niveau", "Floor", "الطابق"],
    },
    "sites": {
        "city": ["Ville", "City", "المدينة"],
        "opened": ["Ouverture", "Date d'ouverture", "Année d’ouverture", "Opened"],
        "area": ["Surface (m²)", "Superficie totale"],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field", "header"),
    [
        (kind, field, header)
        for kind, fields in WRITTEN.items()
        for field, headers in fields.items()
        for header in headers
    ],
)
def test_a_header_is_understood(kind: str, field: str, header: str) -> None:
    found = KINDS[kind].match(read_heading(header))
    assert found is not None and found.code == field


@pytest.mark.parametrize(
    "header",
    ["N°", "#", "No", "n", "% femmes", "Taux de femmes", "Part des femmes", "Divers", "2025", "(DH)"],
)
def test_a_header_that_says_nothing_we_know(header: str) -> None:
    assert all(kind.match(read_heading(header)) is None for kind in KINDS.values())


@pytest.mark.parametrize(
    ("header", "year", "unit"),
    [
        ("CA 2025 (KDH)", 2025, "kmad"),
        ("CA en K MAD 2024", 2024, "kmad"),
        ("Chiffre d'affaires 2023 (en milliers de dirhams)", 2023, "kmad"),
        ("CA (MDH)", None, "mmad"),
        ("Loyer en DH", None, "mad"),
        ("رقم المعاملات 2025 (ألف درهم)", 2025, "kmad"),
        ("Effectif au 31/12/2025", 2025, ""),
        ("CA 2024/2025", 2025, ""),
        ("Surface (m²)", None, "m2"),
    ],
)
def test_years_and_units_are_taken_from_the_header(header: str, year: int | None, unit: str) -> None:
    heading = read_heading(header)
    assert (heading.year, heading.unit) == (year, unit)


def sheet(rows: books.Rows, merged: Any = (), **options: Any) -> ReadSheet:
    return recognise(RawBook("x", [RawSheet("A", [list(row) for row in rows], list(merged), **options)]))[0]


def numbers(found: ReadSheet) -> list[int]:
    return [row.number for row in data_rows(found)]


HEADER = ["N°", "Raison sociale", "ICE", "Effectif", "Site"]


@pytest.mark.parametrize(
    "row",
    [
        ["TOTAL", None, None, 35, None],
        [None, "Total général", None, 35, None],
        [None, "Sous-total Casablanca :", None, 35, None],
        [None, "S/T", None, 12, None],
        ["Casablanca", "TOTAL", None, 35, None],
        ["TOTAL", 61, None, 35, None],
        [None, "المجموع", None, 35, None],
        [None, "Grand total", None, "35", None],
        [None, "Moyenne", None, 3.5, None],
        HEADER,
        [None, "Raison sociale", "ICE", None, None],
        [1, 2, 3, 4, 5],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["CASABLANCA", None, None, None, None],
        [None, None, None, None, None],
    ],
)
def test_what_is_no_row_of_data(row: list[Any]) -> None:
    found = sheet([HEADER, [1, "Atlas", books.ice(1), 3, "Casa"], row, [2, "Rif", books.ice(2), 4, "Casa"]])
    assert numbers(found) == [2, 4]


@pytest.mark.parametrize("name", ["Total Maroc", "Totalis", "Ensemble", "Somme Conseil", "Subtotal"])
def test_a_company_may_be_called_total(name: str) -> None:
    assert numbers(sheet([HEADER, [1, name, 1524545000073, 3, None]])) == [2]


def test_a_lonely_text_merged_over_the_table_is_a_heading() -> None:
    found = sheet([HEADER, [None, "CASABLANCA"], [1, "Atlas", None, 3, None]], merged=[((1, 1), (1, 4))])
    assert numbers(found) == [3]


def test_a_value_merged_over_several_rows_is_that_of_each() -> None:
    rows = [["Site", "N° espace", "Surface m²"], ["Casa", "C1", 10], [None, "C2", 12], ["Rabat", "R1", 9]]
    found = sheet(rows, merged=[((1, 0), (9, 0))])
    assert [
        {column.field.code: value for column, value in row.cells}["site"] for row in data_rows(found)
    ] == ["Casa", "Casa", "Rabat"]  # type: ignore[union-attr]


def test_a_banner_gives_the_day_of_the_book() -> None:
    found = sheet([["LISTE", None], ["MAJ 15/10/2026"], ["créée le 01/01/2020"], [], HEADER, [1, "Atlas"]])
    assert (found.header, str(found.as_of)) == (4, "2026-10-15")


def test_years_above_groups_of_columns() -> None:
    rows = [
        ["Société", "2024", None, "2025", None],
        ["Société", "Effectif", "CA (KDH)", "Effectif", "CA (KDH)"],
        ["Atlas", 1, 2, 3, 4],
    ]
    found = sheet(rows, merged=[((0, 1), (0, 2)), ((0, 3), (0, 4))])
    read = [(column.field and column.field.code, column.heading.year) for column in found.columns]
    assert read == [
        ("name", None),
        ("headcount", 2024),
        ("turnover", 2024),
        ("headcount", 2025),
        ("turnover", 2025),
    ]
    assert numbers(found) == [3]


def test_a_list_of_people_is_not_a_list_of_companies() -> None:
    assert sheet([["Nom", "E-mail", "Tél."], ["Amina", "a@b.ma", "06"]]).kind is None


def test_a_hidden_sheet_is_left_out() -> None:
    assert sheet([HEADER, [1, "Atlas"]], is_hidden=True).kind is None


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
@pytest.mark.django_db
def test_sheets_in_any_order(order: tuple[int, ...]) -> None:
    from fondouk.imports.actions import plan_book

    book = books.small_book()
    book.sheets = [book.sheets[place] for place in order]
    plan = plan_book(book, today=books.TODAY)
    assert (plan.refused, plan.totals["companies"], plan.totals["contracts"]) == (0, 3, 2)


def test_meanings_that_people_give() -> None:
    assert meanings_of(["companies:Patron = Boss=manager", "Truc=ice", "Sales=turnover@KDH@2025"]) == {
        ("companies", "patronboss"): Meaning("manager"),
        ("companies", "truc"): Meaning("ice"),
        ("contracts", "truc"): Meaning("ice"),
        ("companies", "sales"): Meaning("turnover", "kmad", 2025),
    }
    with pytest.raises(UnknownField):
        meanings_of(["Sales=turnover@euros"])
    with pytest.raises(UnknownField) as caught:
        meanings_of(["companies:Truc=rent"])
    assert "companies:ice" in caught.value.known and "contracts:rent" not in caught.value.known


def test_titles_of_an_export_are_understood_in_every_language() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            for title in field.titles:
                assert kind.match(read_heading(title)) is field, (kind.code, title)
                if field.by_year:
                    heading = read_heading(f"{title} 2025 (DH)")
                    assert (kind.match(heading), heading.year) == (field, 2025)


OTHERS = {
    "Personnel": [
        ["Nom", "Prénom", "CNSS", "Date d'entrée", "Ville", "Tél"],
        ["ALAOUI", "Karim", "123", "01/02/2015", "Fès", "0661223344"],
    ],
    "Liste des fournisseurs 2026": [
        ["Société", "ICE", "Tél", "Ville"],
        ["Nettoyage Pro", "000000777000070", "0522334455", "Fès"],
    ],
    "VISITEURS": [["Nom", "Société", "Tél"], ["Karim", "OCP", "0661223344"]],
    "Factures_2026": [
        ["Société", "Bureau", "Du", "Au", "Montant HT"],
        ["A", "A1", "01/01/2026", "31/01/2026", 1000],
    ],
    "الزوار": [["اسم الشركة", "الهاتف"], ["أطلس", "0661223344"]],
    "Vehicles": [["Name", "Kind", "Site", "Code"], ["Duster", "Van", "Casa", "A1"]],
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_sheet_about_something_else_is_left_out_until_a_person_says_what_it_is(name: str) -> None:
    book = RawBook("x.xlsx", [RawSheet(name, OTHERS[name]), RawSheet("Notes", [])])
    assert recognise(book)[0].kind is None
    read = recognise(book, mapping={name: {"kind": "companies"}})[0]
    assert read.kind is not None and read.kind.code == "companies"


def test_the_sheets_of_the_hub_are_not_among_them() -> None:
    for name in (
        "Entreprises",
        "Sociétés hébergées",
        "Espaces",
        "Bureaux",
        "Sites",
        "Conventions",
        "المقاولات",
        "Tenants",
    ):
        assert OTHER_MATTERS.isdisjoint(fold(name).split())


@pytest.mark.parametrize(
    ("kind", "header", "code"),
    [
        ("companies", "Left", "exit"),
        ("companies", "Registered name", "legal_name"),
        ("companies", "Legal type", "legal_form"),
        ("companies", "Company ID (ICE)", "ice"),
        ("companies", "Revenue 2025 (MAD thousand)", "turnover"),
        ("companies", "Exports 2024 (MAD '000)", "exports"),
        ("companies", "الهاتف النقال", "phone"),
        ("companies", "تاريخ الانضمام", "entry"),
        ("companies", "الإناث", "women"),
        ("spaces", "Location", "site"),
        ("spaces", "Unit type", "kind"),
        ("contracts", "Lease ref", "reference"),
        ("contracts", "السومة الكرائية الشهرية", "rent"),
        ("contracts", "مرجع الاتفاقية", "reference"),
    ],
)
def test_everyday_headers_of_every_language(kind: str, header: str, code: str) -> None:
    known = KINDS[kind].match(read_heading(header))
    assert known is not None and known.code == code


def test_thousands_in_english() -> None:
    for header in ("MAD thousand", "MAD '000", "in thousands of MAD", "MADk", "000 MAD"):
        assert read_heading(f"Revenue 2025 ({header})").unit == "kmad", header
    assert read_heading("Revenue (MAD million)").unit == "mmad"
