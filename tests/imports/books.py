# ruff: noqa: E501 - rows of a table read better in long lines
"""Books to import, made on the spot: as rows in memory, or as files of each format.

`book()` is what `open_book` gives; the `write_…` functions make real files. The named books below are unlike each other
on purpose: other languages, headers, units, and habits.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from fondouk.imports.workbooks import RawBook, RawSheet

Rows = Sequence[Sequence[Any]]
TODAY = date(2026, 11, 23)

SITES: Rows = [
    ["Ville", "Nom du site", "Ouverture", "Statut"],
    ["Casablanca", "Parc Casablanca", 2001, "ouvert"],
]
SPACES: Rows = [
    ["Site", "Bâtiment", "Étage", "N° espace", "Type", "Surface m²"],
    ["Casablanca", "B1", "RDC", "C1001", "Bureau startup", 14],
    ["Casablanca", "B1", "RDC", "C1002", "Bureau startup", 15],
    ["Casablanca", "B1", 1, "C-Coworking", "Coworking", 90],
]
COMPANY_HEADER = ["Raison sociale", "ICE", "Secteur", "Date d'entrée", "Site", "Statut", "Date de sortie"]
CONTRACT_HEADER = ["Référence", "Entreprise", "Espace", "Début", "Fin", "Loyer mensuel HT"]


def ice(number: int) -> str:
    """A valid ICE made of any number: nine digits, four digits, and the two that make it divisible by 97."""
    base = f"{number % 10**9:09d}{number % 9000 + 1:04d}"
    key = (-int(base + "00")) % 97
    return f"{base}{key:02d}"


def book(**sheets: Rows) -> RawBook:
    """In memory, sheets in the order given, named as their keywords."""
    return RawBook(
        "book.xlsx", [RawSheet(name, [list(row) for row in rows]) for name, rows in sheets.items()]
    )


def small_book(companies: int = 3) -> RawBook:
    """One site, three spaces, a few companies, the first two with a contract."""
    rows = [
        [f"Société {number}", ice(number), "TIC", "01/02/2024", "Casablanca", "hébergée", None]
        for number in range(1, companies + 1)
    ]
    contracts = [
        ["CH-1", "Société 1", "C1001", "01/02/2024", "31/01/2028", 700],
        ["CH-2", "Société 2", "C1002", "01/02/2024", "31/01/2028", 750],
    ]
    return book(
        Sites=SITES,
        Espaces=SPACES,
        Entreprises=[COMPANY_HEADER, *rows],
        Conventions=[CONTRACT_HEADER, *contracts[:companies]],
    )


def write_xlsx(path: Path, sheets: dict[str, Rows], merged: dict[str, list[str]] | None = None) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, []):
            sheet.merge_cells(cells)
    workbook.save(path)
    return path


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator).writerows(
            ["" if cell is None else cell for cell in row] for row in rows
        )
    return path


def write_ods(
    path: Path, sheets: dict[str, Rows], spans: dict[str, dict[tuple[int, int], int]] | None = None
) -> Path:
    """`spans`: for a sheet, cells merged downwards as `{(row, column): rows}`, counted from 0."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        down = (spans or {}).get(name, {})
        covered = {(row + step, column) for (row, column), count in down.items() for step in range(1, count)}
        for row_number, row in enumerate(rows):
            line = TableRow()
            for column, value in enumerate(row):
                if (row_number, column) in covered:
                    line.addElement(CoveredTableCell())
                else:
                    line.addElement(_ods_cell(value, down.get((row_number, column), 1)))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _ods_cell(value: Any, rows: int) -> TableCell:
    extra = {"numberrowsspanned": rows, "numbercolumnsspanned": 1} if rows > 1 else {}
    if value is None:
        return TableCell(**extra)
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat(), **extra)
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value), **extra)
    cell = TableCell(valuetype="string", **extra)
    cell.addElement(P(text=value))
    return cell


def english_companies(path: Path) -> Path:
    """A CSV as Excel saves it in Morocco: Windows-1252, semicolons, English headers, decimal commas."""
    rows: Rows = [
        ["Company name", "Tax ID", "ICE number", "Industry", "Entry date", "Employees 2025", "of which women 2025",
         "Turnover 2025 (DH)", "Contact person", "Email address", "Phone number", "Status"],
        ["Café Numérique", "1234567", ice(1), "Software", "01/12/2024", "12", "5", "1 200,50", "Amina Idrissi",
         "amina@cafe.example", "0522501234", "resident"],
        ["Œuvre & Son", "", ice(2)[3:], "Gaming", "18-12-19", "3", "0", "3 560,00 DH", "", "", "", "left"],
        ["Total", "", "", "", "", "15", "5", "4 760,50", "", "", "", ""],
    ]  # fmt: skip
    return write_csv(path, rows, encoding="cp1252", separator=";")


def arabic_book(path: Path) -> Path:
    """An ODS in Arabic, with the site merged over its spaces and Arabic-Indic digits."""
    sheets: dict[str, Rows] = {
        "المقاولات": [
            ["لائحة المقاولات"],
            ["اسم المقاولة", "التعريف الموحد للمقاولة", "القطاع", "تاريخ الدخول", "عدد المستخدمين 2025", "عدد النساء 2025",
             "رقم المعاملات 2025 (ألف درهم)", "المدينة", "الهاتف", "الحالة"],
            ["شركة الأطلس ش.م.م", ice(11), "الرقمنة", "٠١/١٢/٢٠٢٤", "١٢", "٤", "٩٥٠", "الدار البيضاء", "٠٥٢٢٥٠١٢٣٤", "مستضافة"],
            ["تعاونية النخيل", ice(12), "البيئة", date(2022, 3, 1), 5, 5, 120.5, "الدار البيضاء", None, "غادرت"],
            ["المجموع", None, None, None, 17, 9, None, None, None, None],
        ],
        "الفضاءات": [
            ["الموقع", "البناية", "الطابق", "رقم الفضاء", "النوع", "المساحة م²", "الطاقة الاستيعابية"],
            ["الدار البيضاء", "B1", "الطابق الأرضي", "م-1", "مكتب", 20, 4],
            [None, "B1", "الطابق الأول", "م-2", "قاعة اجتماعات", 35, 12],
        ],
        "المواقع": [
            ["المدينة", "المدينة بالفرنسية", "اسم الموقع", "تاريخ الافتتاح", "الوضعية"],
            ["الدار البيضاء", "Casablanca", "فندق الدار البيضاء", 2001, "مفتوح"],
        ],
    }  # fmt: skip
    return write_ods(path, sheets, spans={"الفضاءات": {(1, 0): 2}})


def contacts_only(path: Path) -> Path:
    """One sheet of companies with contacts, below a banner, blocks by letter and a repeated header."""
    header = [
        "N°",
        "Dénomination sociale",
        "Forme",
        "I.C.E.",
        "Dirigeant",
        "GSM",
        "Courriel",
        "Site web",
        "Date entrée",
    ]
    rows: Rows = [
        ["RÉPERTOIRE DES ENTREPRISES", None, None, None, None, None, None, None, None],
        ["Mise à jour : 30/09/2026"],
        [],
        header,
        ["A", None, None, None, None, None, None, None, None],
        [1, "ATLAS DATA", "S.A.R.L.", ice(21), "M. Alami", 661234567, "MAILTO:contact@atlas.example", "atlas.example", 44927],
        [2, "Agdal  Média ", "sarl au", ice(22), "Mme Bennis", "+212 (0)6 61 23 45 68 / 0522501234", "a@b.example ; c@d.example", None, "1er janv. 2023"],
        header,
        ["B", None, None, None, None, None, None, None, None],
        [3, "Bled Énergie", "auto entrepreneur", None, "Contact commercial", "12", None, "pas de site", "2023-05-04"],
        [],
        ["S/Total", 3, None, None, None, None, None, None, None],
    ]  # fmt: skip
    return write_xlsx(path, {"Répertoire": rows}, {"Répertoire": ["A1:I1"]})


def contracts_only(path: Path) -> Path:
    """Several lines a contract, its number merged over them; periods as "du" and "au"."""
    rows: Rows = [
        ["N° Conv.", "Locataire", "Local", "Du", "Au", "Loyer mensuel (KDH)", "Dépôt de garantie"],
        ["C-7", "Société 1 SARL", "C1001", "01/01/2030", "31/12/2030", "1,5", "3 000,00 DH"],
        [None, "SOCIETE 1", "c 1002", "01/01/2030", "31/12/2030", "0,8 KDH", None],
        [None, "société 1", "C1001", "01/01/2031", "31/12/2031", "1600 DH", None],
        ["C-8", "Société 2", "C-1001", "01/06/2030", "31/05/2031", 2, 4000],
        ["TOTAL", None, None, None, None, 5.9, 7000],
    ]
    return write_xlsx(path, {"Loyers": rows}, {"Loyers": ["A2:A4"]})


def spaces_book(path: Path) -> Path:
    """Floors as people say them, rooms that join others, rates by day and hour."""
    rows: Rows = [
        ["Parc", "Immeuble", "Niveau", "Désignation", "Type de local", "Sup. (m2)", "Nb de places", "Tarif jour", "Tarif horaire", "Composée de"],
        ["Casablanca", "Bât A", "Rez-de-chaussée", "Salle Atlas", "Salle de réunion", "35,50", "12 pers.", "1 200,00 DH", 200, None],
        [None, None, "1er étage", "Salle Rif", "salle de réunion", "40 m²", 14, 1300, 220, None],
        [None, None, "SS1", "Dépôt", "Stockage", 60, None, None, None, None],
        [None, None, "R+2", "Salle Atlas-Rif", "Salle de réunion", 75.5, 26, 2000, None, "Salle Atlas + Salle Rif"],
        [None, None, "2ème", "Salle fantôme", "Salle de réunion", 75.5, 26, 2000, None, "Salle Atlas + Salle Lune"],
        [None, None, "Mezzanine", "Coin café", "Autre", 9, None, None, None, None],
        ["TOTAL GÉNÉRAL", None, None, None, None, 295.5, 66, None, None, None],
    ]  # fmt: skip
    return write_xlsx(path, {"Inventaire": rows})


def wide_book(path: Path) -> Path:
    """Two rows of headers: figures of three years in thousands, merged titles, a row that numbers the columns."""
    rows: Rows = [
        ["SUIVI DES ENTREPRISES 2023-2025"],
        ["#", "Société", "Secteur d'activité", "Chiffre d'affaires (KDH)", None, None, "Effectif au 31/12/2025", None, "Ville", "Entrée"],
        [None, None, None, 2023, 2024, 2025, "Total", "Dont F", None, None],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        [1, "Zenata Robotics", "NTIC", "1 000", "1 250,5", "2 MDH", 14, 6, "Casablanca", "01/01/2022"],
        [2, "Zerhoun Eau", "Eau", None, 80, 95, 4, 1, "Casablanca", "15/03/2024"],
        [None, "Total Maroc Services", "TIC", 1, 2, 3, 1, 1, "Casablanca", "15/03/2024"],
        [None, "TOTAL", None, 1001, 1332.5, 2098, 19, 8, None, None],
    ]  # fmt: skip
    merged = ["A1:J1", "D2:F2", "G2:H2", "A2:A3", "B2:B3", "C2:C3", "I2:I3", "J2:J3"]
    return write_xlsx(path, {"Suivi": rows}, {"Suivi": merged})
