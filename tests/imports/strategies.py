# ruff: noqa: E501 - tables of values
"""Cells and sheets as hostile or careless people fill them, for property-based tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from fondouk.imports import readers
from fondouk.imports.schema import Field, SheetKind
from fondouk.imports.workbooks import Cell, RawBook, RawSheet

from . import books

TRAPS = (
    "\x00", "a\x00b", "\ud800", "\ufffe", "\x1b[31m", "é" * 201, "ﷺ" * 60, "x" * 40_000, "=1+1", "@SUM(A1)", "+212", "-5",
    "1e309", "NaN", "inf", "-inf", "9" * 400, "0" * 15, "1/0", "31/02/2024", "00/00/0000", "99999", "-1", "1e400", "٣٤", "%s %(a)s",
    "'; DROP TABLE", "<script>", "\u202e", "\u200b", "ΑΣ", "ας", "ασ", "İ", "ı", "ß", "ẞ", " ", "\t", "\r\n", "TOTAL", "RDC", "SARL",
    "A+B", "A + B + ", "+", "&", "Rabat | bureau | 01/01/2020 | ", "12 KDH", "1.000.000", "1,000", "hébergée", "sortie", "attendue",
    "C1001", "c 1001", "Casablanca", "Société 1", "SOCIETE 1 SARL", "TIC", "01/01/2024", "31/12/2030", "Places", "partagée", "2023", "1",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(TRAPS),
    st.text(max_size=30),
    st.text(st.characters(), max_size=8),
    st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", fullmatch=True),
    st.integers(0, 50).map(books.ice),
)
numbers = st.one_of(
    st.integers(-5, 60),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from([45_000, 2024, 10**15, 1e15, 1e300, 0.001, -0.0]),
)
days = st.one_of(
    st.dates(),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 1, 1)),  # noqa: DTZ001 - as a spreadsheet has them
)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(), texts, numbers, days, st.booleans(), st.times(), st.timedeltas(timedelta(-9), timedelta(99))
)


PLAUSIBLE: dict[str, st.SearchStrategy[Cell]] = {
    "name": st.sampled_from(["Société 1", "SOCIETE 1 SARL", "Atlas", "Atlas SARL", "ΑΣ", "ασ", "İ x", "شركة", "Parc Casablanca", "Rabat"]),
    "company": st.sampled_from(["Société 1", "SOCIETE 2", "Atlas", "société 3 sarl"]),
    "city": st.sampled_from(["Casablanca", "Rabat", "CASABLANCA ", "الرباط"]),
    "site": st.sampled_from(["Casablanca", "Parc Casablanca", "Rabat", None]),
    "ice": st.integers(0, 5).map(books.ice),
    "code": st.sampled_from(["C1001", "c 1001", "A", "B", "A+B", "ΑΣ", "ασ", "R&D", "C-1001", "X"]),
    "space": st.sampled_from(["C1001", "C1002", "c 1001", "C-Coworking", "A", "A+B"]),
    "reference": st.sampled_from(["CH-1", "CH-2", "ch-1", "ΑΣ", "ασ", None]),
    "made_of": st.sampled_from(["A + B", "C1001, C1002", "A", None]),
    "sector": st.sampled_from(["TIC", "Eau", "Design", None]),
    "status": st.sampled_from(["hébergée", "sortie", "attendue", "ouvert", "en projet", None]),
    "legal_form": st.sampled_from(["SARL", "SA", None]),
    "stage": st.sampled_from(["idée", "croissance"]),
    "mode": st.sampled_from(["bureau", "poste"]),
    "stays": st.sampled_from(["Casablanca | bureau | 01/01/2020 | 31/12/2021", "Casablanca | poste |  | \nRabat | bureau | 01/01/2025 | "]),
    "floor": st.sampled_from(["RDC", 1, "SS1", "2ème"]),
    "building": st.sampled_from(["B1", "b1", "Tour"]),
    "kind": st.sampled_from(["Bureau startup", "Coworking", "Salle de réunion"]),
    "occupancy": st.sampled_from(["exclusive", "partagée", "places", None]),
    "email": st.just("a@b.example"),
    "phone": st.sampled_from(["0522501234", "12", "0661234567 / 0522501234"]),
    "website": st.sampled_from(["a.example", "rien"]),
}  # fmt: skip
SOME_DAY: st.SearchStrategy[Cell] = st.one_of(
    st.dates(date(2019, 1, 1), date(2031, 1, 1)), st.sampled_from(["01/01/2024", "31/12/2025", books.TODAY])
)
SOME_COUNT: st.SearchStrategy[Cell] = st.one_of(st.integers(0, 30), st.sampled_from(["12", "1 200,50", 0.5]))


def plausible(field: Field) -> st.SearchStrategy[Cell]:
    if field.code in PLAUSIBLE:
        return PLAUSIBLE[field.code]
    if field.read in (readers.day, readers.day_or_year):
        return SOME_DAY
    return SOME_COUNT if field.read in readers.SUMMED else st.sampled_from(["123", "Un texte", None])


@st.composite
def filled_sheets(draw: st.DrawFn, kind: SheetKind, width: int = 9, height: int = 6) -> RawSheet:
    """A sheet of `kind` with some of its columns, filled with anything."""
    required = [field for field in kind.fields if field.required]
    others = draw(st.lists(st.sampled_from(kind.fields), max_size=width, unique_by=lambda field: field.code))
    fields = list({field.code: field for field in (*required, *others)}.values())
    header: list[Cell] = []
    order = draw(st.permutations(fields))
    for field in order:
        title = field.titles[0]
        header.append(f"{title} {draw(st.sampled_from([2023, 2024]))}" if field.by_year else title)
    row = st.tuples(*(plausible(field) for field in order)).map(list)
    rows = draw(st.lists(row, min_size=1, max_size=height))
    for _trap in range(draw(st.integers(0, 2))):
        place = draw(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, len(header) - 1)))
        rows[place[0]][place[1]] = draw(cells)
    return RawSheet(kind.code, [header, *rows])


def chosen(book: RawBook) -> dict[str, dict[str, str]]:
    """A mapping that says of each sheet what it is, so that any header will do."""
    return {sheet.name: {"kind": sheet.name} for sheet in book.sheets}
