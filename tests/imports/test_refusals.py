"""What a row is refused for, what it is warned about, and that a refused row leaves no trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company, CompanyMerge, LegalIdentity, Residency
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.imports.actions import import_book, plan_book
from fondouk.imports.report import report
from fondouk.imports.workbooks import RawBook
from fondouk.lib.zones import local_range
from fondouk.sites.models import Site
from fondouk.spaces.actions import claim
from fondouk.spaces.claims import OWNERS, Owner, Wanted, register
from fondouk.spaces.models import Resource

from . import books

pytestmark = pytest.mark.django_db
TODAY = books.TODAY


def found(book: RawBook, where: str = "refused", **options: Any) -> list[tuple[int, str, str, str]]:
    """(row, column, value, code) of what a book is refused or warned for."""
    sheets = report(plan_book(book, today=TODAY, **options))["sheets"]
    entries = [entry for sheet in sheets for entry in sheet[where]]
    assert all(entry["message"] for entry in entries)
    return [(entry["row"], entry["column"], entry["value"], entry["code"]) for entry in entries]


def companies(*rows: list[Any], header: list[str] | None = None, sites: bool = True) -> RawBook:
    extra = {"Sites": books.SITES} if sites else {}
    return books.book(**extra, Entreprises=[header or books.COMPANY_HEADER, *rows])


def contracts(*rows: list[Any], count: int = 3, header: list[str] | None = None) -> RawBook:
    book = books.small_book(count)
    book.sheets[3].rows = [list(header or books.CONTRACT_HEADER), *rows]
    return book


COMPANY_FAULTS = [
    ("Raison sociale", "***", "missing"),
    ("Raison sociale", "x" * 201, "too long"),
    ("Raison sociale", "a\x00b", "characters"),
    ("ICE", "001020520000072", "ice"),
    ("ICE", "12", "ice"),
    ("RC", "12 A", "digits"),
    ("Secteur", "Sorcellerie", "sector"),
    ("Date d'entrée", "31/02/2024", "dates"),
    ("Date d'entrée", "hier", "dates"),
    ("Date de sortie", "01/01/2001", "dates"),
    ("Site", "Atlantide", "unknown site"),
    ("Statut", "peut-être", "status"),
    ("Stade", "vert", "stage"),
    ("Effectif", "-16", "negative"),
    ("Effectif", "beaucoup", "number"),
    ("Effectif", 2.5, "number"),
    ("Effectif", 10**9, "number"),
    ("Dont femmes", 16, "women"),
    ("Dont moins de 35 ans", 16, "under 35"),
    ("CA 2025 (KDH)", "-1", "negative"),
    ("CA 2025 (KDH)", "12 EUR", "number"),
    ("CA 2025 (KDH)", 10**10, "number"),
    ("Export 2025", 9_999_999, "exports"),
    ("E-mail", "contact at company.ma", "email"),
    ("Tél.", "0" * 60, "too long"),
    ("Autres séjours", "Rabat, longtemps", "stays"),
]
HEADER = [
    "Raison sociale", "ICE", "RC", "Secteur", "Date d'entrée", "Site", "Statut", "Stade", "Effectif", "Dont femmes",
    "Dont moins de 35 ans", "CA 2025 (KDH)", "Export 2025", "E-mail", "Tél.", "Date de sortie", "Autres séjours",
]  # fmt: skip
RIGHT = [
    "Atlas", books.ice(1), "123", "TIC", "01/02/2024", "Casablanca", "hébergée", "croissance", 13, 5,
    5, 100, 1000, "a@b.ma", "0522501234", None, None,
]  # fmt: skip


def test_the_row_that_all_faults_are_made_from_is_right() -> None:
    assert found(companies(RIGHT, header=HEADER)) == []


@pytest.mark.parametrize(("column", "value", "code"), COMPANY_FAULTS)
def test_a_company_is_refused_for(column: str, value: Any, code: str) -> None:
    row = list(RIGHT)
    row[HEADER.index(column)] = value
    refused = found(companies(row, header=HEADER))
    assert [(line, at, fault) for line, at, _value, fault in refused] == [(2, column, code)]
    assert refused[0][2].startswith(str(value)[:1]) or "\x00" in str(value)


@pytest.mark.parametrize("column", ["Raison sociale", "ICE", "Secteur", "Effectif", "E-mail"])
def test_a_refused_company_stands_in_nobodys_way(column: str) -> None:
    wrong = list(RIGHT)
    wrong[HEADER.index(column)] = "\x00" if column == "Raison sociale" else "-?-"
    assert [row for row, *_rest in found(companies(wrong, RIGHT, header=HEADER))] == [2]


def test_the_same_company_twice_by_name_or_by_ice() -> None:
    one, ice = books.ice(1), books.ice(2)
    book = companies(
        ["Café Atlas SARL", one, None, None, None, None, None],
        ["CAFE-ATLAS", None, None, None, None, None, None],
        ["Un autre nom", one[3:], None, None, None, None, None],
        ["Société Café Atlas", ice, None, None, None, None, None],
    )
    assert found(book) == [
        (3, "Raison sociale", "CAFE-ATLAS", "duplicate"),
        (4, "ICE", one[3:], "duplicate"),
    ]


def test_a_name_of_one_company_with_the_ice_of_another() -> None:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    assert found(companies(["Société 1", books.ice(2)], sites=False)) == [
        (2, "ICE", books.ice(2), "duplicate")
    ]


def test_a_company_renamed_under_its_ice_is_one_company() -> None:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    book = companies(["Nouveau nom", books.ice(1)], ["Société 1", None], sites=False)
    assert found(book) == [(3, "Raison sociale", "Société 1", "duplicate")]
    import_book(book, sha256="", by=None, today=TODAY, skip_refused=True)
    assert sorted(Company.objects.values_list("name", flat=True)) == ["Nouveau nom", "Société 2", "Société 3"]


def test_an_ice_that_a_company_had_once_is_still_that_company() -> None:
    past = Company.objects.create(name="Passé", key="passe")
    LegalIdentity.objects.create(
        company=past, legal_name="Passé", ice=books.ice(5), period=DateRange(None, date(2020, 1, 1))
    )
    import_book(companies(["Présent", books.ice(5)]), sha256="", by=None, today=TODAY)
    assert Company.objects.get().name == "Présent"
    periods = LegalIdentity.objects.order_by("pk").values_list("period", flat=True)
    assert list(periods) == [DateRange(None, date(2020, 1, 1)), DateRange(date(2020, 1, 1), None)]


def test_a_company_that_was_merged_into_another() -> None:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    kept, absorbed = Company.objects.get(name="Société 1"), Company.objects.get(name="Société 3")
    Company.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    CompanyMerge.objects.create(kept=kept, absorbed=absorbed)
    assert [code for *_rest, code in found(companies(["SOCIETE 3", None], sites=False))] == ["duplicate"]
    line = ["X", "Société 3", "C-Coworking", "01/01/2030", None, None]
    assert found(books.book(Conventions=[books.CONTRACT_HEADER, line])) == []


CONTRACT_FAULTS = [
    ("Entreprise", None, "missing"),
    ("Entreprise", "Inconnue", "unknown company"),
    ("Espace", None, "missing"),
    ("Espace", "Z99", "unknown space"),
    ("Début", None, "missing"),
    ("Début", "demain", "dates"),
    ("Fin", "01/01/2024", "dates"),
    ("Loyer mensuel HT", "-1", "negative"),
    ("Loyer mensuel HT", 10**14, "number"),
    ("Référence", "x" * 61, "too long"),
]


@pytest.mark.parametrize(("column", "value", "code"), CONTRACT_FAULTS)
def test_a_contract_is_refused_for_and_holds_nothing(column: str, value: Any, code: str) -> None:
    wrong = ["CH-1", "Société 1", "C1001", "01/02/2024", "31/01/2028", 700]
    wrong[books.CONTRACT_HEADER.index(column)] = value
    right = ["CH-1", "Société 2", "C1001", "01/03/2024", "31/01/2028", 700]
    assert [(row, at, fault) for row, at, _value, fault in found(contracts(wrong, right))] == [
        (2, column, code)
    ]


def test_two_companies_in_one_office_the_later_row_is_refused() -> None:
    book = contracts(
        ["CH-1", "Société 1", "C1001", "01/02/2024", "31/01/2028", 700],
        ["CH-2", "Société 2", "C1001", "31/01/2028", None, 700],
        ["CH-3", "Société 3", "c 1001", "01/02/2028", None, 700],
        ["CH-4", "Société 2", "C-Coworking", "01/01/2024", None, 1],
        ["CH-5", "Société 3", "C-Coworking", "01/01/2024", None, 1],
    )
    assert found(book) == [(3, "Espace", "C1001", "overlap")]


def test_an_office_held_in_the_database() -> None:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    line = ["CH-9", "Société 3", "C1001", "01/01/2028", None, 1]
    book = books.book(Conventions=[books.CONTRACT_HEADER, line])
    assert [code for *_rest, code in found(book)] == ["overlap"]


def test_a_joined_room_holds_the_rooms_it_is_made_of() -> None:
    book = contracts(
        ["CH-1", "Société 1", "Grande", "01/02/2024", None, 1],
        ["CH-2", "Société 2", "C1002", "01/02/2025", None, 1],
    )
    book.sheets[1].rows[0].append("Composée de")
    book.sheets[1].rows.append(["Casablanca", "B1", "RDC", "Grande", "Bureau", 29, "C1001 + C1002"])
    assert [(row, code) for row, _at, _value, code in found(book)] == [(3, "overlap")]


def test_an_office_that_something_else_occupies() -> None:
    hub = books.small_book()
    hub.sheets[1].rows.append(["Casablanca", "B1", "RDC", "C1003", "Bureau startup", 12])
    import_book(hub, sha256="", by=None, today=TODAY)
    register(Owner(code="works", label="Travaux"))
    try:
        room = Resource.objects.get(code="C1003")
        start, end = local_range(date(2027, 6, 1), room.site.zone)
        claim("works", [Wanted(1, part.pk, start, end, label="Peinture") for part in room.parts.all()])
        for begins, ends, codes in (
            ("01/01/2027", "31/05/2027", []),
            ("01/01/2027", "01/06/2027", ["overlap"]),
            ("02/06/2027", None, []),
            ("01/06/2027", None, ["overlap"]),
        ):
            line = ["CH-9", "Société 3", "C1003", begins, ends, 1]
            book = books.book(Conventions=[books.CONTRACT_HEADER, line])
            assert [code for *_rest, code in found(book)] == codes
            shared = books.book(Conventions=[[*books.CONTRACT_HEADER, "Occupation"], [*line, "partagée"]])
            assert [code for *_rest, code in found(shared)] == codes
    finally:
        del OWNERS["works"]


def terminated(last: date, *, is_cut: bool) -> Contract:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    contract = Contract.objects.get(reference="CH-1")
    ContractTermination.objects.create(contract=contract, on=last)
    if is_cut:
        ContractLine.objects.filter(contract=contract).update(
            period=DateRange(date(2024, 2, 1), date(2026, 1, 1))
        )
    return contract


@pytest.mark.parametrize("is_cut", [False, True])
def test_an_office_is_free_from_the_day_after_a_termination(is_cut: bool) -> None:
    contract = terminated(date(2025, 12, 31), is_cut=is_cut)
    rows = [
        ["CH-1", "Société 1", "C1001", "01/02/2024", "31/01/2028", 700],
        ["CH-8", "Société 2", "C1001", "31/12/2025", None, 1],
        ["CH-9", "Société 3", "C1001", "01/01/2026", None, 1],
    ]
    book = books.book(Conventions=[books.CONTRACT_HEADER, *rows])
    assert [(row, code) for row, _at, _value, code in found(book)] == [(3, "overlap")]
    import_book(book, sha256="", by=None, today=TODAY, skip_refused=True)
    assert contract.lines.get().period == DateRange(date(2024, 2, 1), date(2026, 1, 1))
    contract.refresh_from_db()
    assert contract.ends_on == date(2028, 1, 31)
    assert plan_book(book, today=TODAY).context.writer.is_empty


def test_lines_that_give_way_to_each_other_in_one_book() -> None:
    """The first is shortened, the second begins earlier: either alone would collide with the other as it stood."""
    first = [
        ["CH-1", "Société 1", "C1001", "01/01/2024", "30/06/2026", 700],
        ["CH-2", "Société 2", "C1001", "01/07/2026", "31/12/2028", 700],
    ]
    import_book(contracts(*first), sha256="", by=None, today=TODAY)
    first[0][4], first[1][3] = "31/03/2026", "01/04/2026"
    import_book(contracts(*first), sha256="", by=None, today=TODAY)
    assert [line.period.lower for line in ContractLine.objects.order_by("pk")] == [
        date(2024, 1, 1),
        date(2026, 4, 1),
    ]


def test_coworking_contracts_of_one_day_without_references() -> None:
    rows = [[None, f"Société {n}", "C-Coworking", "01/02/2024", None, 100] for n in (1, 2, 3)]
    book = contracts(*rows)
    assert found(book) == []
    import_book(book, sha256="", by=None, today=TODAY)
    assert Contract.objects.count() == 3
    assert plan_book(book, today=TODAY).context.writer.is_empty


SPACE_FAULTS = [
    ("Site", "Atlantide", "unknown site"),
    ("Étage", "Lune", "floor"),
    ("N° espace", " / ", "missing"),
    ("N° espace", "C1002", "duplicate"),
    ("Surface m²", "-5", "negative"),
    ("Surface m²", 10**7, "number"),
]


@pytest.mark.parametrize(("column", "value", "code"), SPACE_FAULTS)
def test_a_space_is_refused_for(column: str, value: Any, code: str) -> None:
    row = ["Casablanca", "B1", "RDC", "C1009", "Bureau", 12]
    row[list(books.SPACES[0]).index(column)] = value
    book = books.book(Sites=books.SITES, Espaces=[*books.SPACES, row])
    assert [(line, fault) for line, _at, _value, fault in found(book)] == [(5, code)]


def test_warnings_keep_the_row() -> None:
    book = books.small_book()
    header = book.sheets[2].rows[0]
    header += ["Tél.", "Bureau", "Forme juridique", "Site web"]
    rows = book.sheets[2].rows
    rows[1] += ["12345", "C1002", "GIE", "nulle part"]
    rows[2] += [None, "C1002", None, None]
    rows[3][1] = None
    book.sheets[3].rows[1][4] = "31/12/2024"
    assert found(book) == []
    assert found(book, "warnings") == [
        (2, "Tél.", "12345", "phone"),
        (2, "Site web", "nulle part", "website"),
        (2, "Forme juridique", "GIE", "legal form"),
        (2, "Bureau", "C1002", "office"),
        (4, "ICE", "", "no ice"),
        (2, "Fin", "31/12/2024", "over"),
    ]
    import_book(book, sha256="", by=None, today=TODAY)
    assert Company.objects.get(name="Société 1").phone


@pytest.mark.parametrize(
    ("status", "entry", "left", "is_hosted", "warned"),
    [
        ("hébergée", None, None, True, False),
        ("hébergée", "01/01/2024", "01/01/2025", False, True),
        ("hébergée", "01/01/2027", None, False, True),
        ("sortie", "01/01/2024", None, False, True),
        ("sortie", "01/01/2024", "01/01/2025", False, False),
        ("sortie", "01/01/2024", "01/01/2027", True, True),
        ("sortie", "23/11/2026", None, False, True),
        ("attendue", "01/01/2027", None, False, False),
        ("attendue", None, None, False, True),
        ("attendue", "01/01/2024", None, False, True),
        (None, "01/01/2024", None, True, False),
        (None, None, None, False, True),
    ],
)
def test_hosted_follows_the_status_and_dates_of_the_row(
    status: str | None, entry: str | None, left: str | None, is_hosted: bool, warned: bool
) -> None:
    book = companies(["Atlas", books.ice(1), None, entry, "Casablanca", status, left])
    assert found(book) == []
    assert (found(book, "warnings") != []) is warned
    plan, _run = import_book(book, sha256="", by=None, today=TODAY)
    assert plan.totals["companies_resident"] == is_hosted
    assert Company.objects.hosted(TODAY).exists() is is_hosted
    assert plan_book(book, today=TODAY).context.writer.is_empty


def test_a_stay_that_is_known_is_closed_not_doubled() -> None:
    import_book(books.small_book(), sha256="", by=None, today=TODAY)
    book = companies(["Société 1", None, None, None, None, "sortie", "31/10/2026"], sites=False)
    import_book(book, sha256="", by=None, today=TODAY)
    assert Residency.objects.get(company__name="Société 1").period == DateRange(
        date(2024, 2, 1), date(2026, 11, 1)
    )
    wrong = companies(["Société 2", None, None, None, None, "sortie", "31/10/2020"], sites=False)
    assert [code for *_rest, code in found(wrong)] == ["dates"]


def test_without_a_site_column_there_is_no_stay_where_there_are_several_sites() -> None:
    Site.objects.create(name="A", city="Rabat", code="a")
    Site.objects.create(name="B", city="Fès", code="b")
    book = companies(["Atlas", books.ice(1), None, "01/01/2024", None, "hébergée", None], sites=False)
    assert [code for *_rest, code in found(book, "warnings")] == ["no site"]


def test_nothing_refused_is_written_when_the_rest_is_imported() -> None:
    book = companies(["Atlas", books.ice(1)], ["Rif", "123"])
    import_book(book, sha256="", by=None, today=TODAY, skip_refused=True)
    assert list(Company.objects.values_list("name", flat=True)) == ["Atlas"]
    assert not Resource.objects.exists()
