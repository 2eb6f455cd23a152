"""Finding out what a book says: which sheet is what, where its header stands, what each column means."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.text import fold, squash

from .headings import YEAR, read_heading
from .schema import Field, Heading, Meaning, Meanings, SheetKind, kinds
from .workbooks import Cell, RawBook, RawSheet

HEADER_WITHIN = 40
"""Rows from the top in which a header is looked for."""

COLUMNS = 400
DAY = re.compile(
    r"(?<!\d)(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4})(?!\d)"
)
YEAR_OF_BOOK = re.compile(
    r"\b(?:exercice|annee|year|fy|campagne|bilan|سنه|برسم سنه)\s*:?\s*((?:19|20)\d\d)(?!\d)"
)


OTHER_MATTERS = frozenset({
    "personnel", "salarie", "salaries", "employe", "employes", "paie", "conges", "visiteur", "visiteurs",
    "fournisseur", "fournisseurs", "vehicule", "vehicules", "materiel", "materiels", "facture", "factures", "reservation",
    "reservations", "budget", "courrier", "caisse", "impaye", "impayes", "relance", "relances", "prospect", "prospects",
    "candidat", "candidats", "candidature", "candidatures", "refuses", "refusees", "devis", "quittance", "quittances",
    "reglements", "encaissements", "archives", "evenement", "evenements", "formation", "formations", "atelier", "ateliers",
    "participants", "inscriptions", "invites",
    "staff", "employee", "employees", "payroll", "visitor", "visitors", "supplier", "suppliers", "vendor", "vendors",
    "vehicle", "vehicles", "equipment", "invoice", "invoices", "booking", "bookings", "applicant", "applicants",
    "application", "applications", "leads", "unpaid", "arrears", "receipts", "quotes", "rejected", "event", "events",
    "training", "workshop", "workshops", "guests",
    "موظف", "موظفون", "الموظفون", "الموظفين", "زائر", "زوار", "الزوار", "مورد", "موردون", "الموردون", "الموردين", "سيارات",
    "السيارات", "معدات", "المعدات", "فاتورة", "فواتير", "الفواتير", "حجز", "حجوزات", "الحجوزات", "ميزانيه", "الميزانيه",
    "المرشحون", "المرشحين", "ترشيحات", "الترشيحات", "متاخرات", "المتاخرات", "تظاهرات", "التظاهرات", "ورشات", "الورشات",
})  # fmt: skip
"""Words of a sheet's name (as `fold` leaves them) that say it is about something else, whatever its columns are called: a
list of visitors has names and telephone numbers as well. Such a sheet is named among those left out; a person may still
say what it is.
"""


@dataclass
class Column:
    index: int
    heading: Heading
    field: Field | None

    @property
    def letter(self) -> str:
        number, letters = self.index + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass
class ReadSheet:
    """A sheet understood, or not (`kind` None). The header is row `header`, counted from 0; data begin at
    `first`.
    """

    raw: RawSheet
    kind: SheetKind | None
    header: int = 0
    columns: list[Column] = field(default_factory=list)
    as_of: date | None = None
    first: int = 1
    nearly: tuple[SheetKind, Field] | None = None
    """Of a sheet that nobody understood: what it looks like, and the column it lacks."""

    @property
    def ignored(self) -> list[str]:
        """Headers of the columns left out; of one without a header that holds something, its letter."""
        titled = {column.index: column for column in self.columns if column.heading.text}
        filled = {
            index
            for row in self.raw.rows[self.first :]
            for index, cell in enumerate(row[:COLUMNS])
            if index not in titled and cell is not None
        }
        columns = [*titled.values(), *(Column(index, read_heading(""), None) for index in filled)]
        return [
            column.heading.text or f"({column.letter})"
            for column in sorted(columns, key=lambda column: column.index)
            if column.field is None
        ]


@dataclass
class _Header:
    """A row that may be a header; `depth` 2 when the row below it says more of some columns."""

    row: int
    headings: list[Heading]
    depth: int = 1


def recognise(
    book: RawBook, *, mapping: dict[str, Any] | None = None, meanings: Meanings | None = None
) -> list[ReadSheet]:
    """Every sheet of the book. `mapping` is what a person chose for this book, see `models.Book`.

    A hidden sheet is left out unless a person says what it is: what cannot be seen is seldom meant. So is one whose name
    says that it is about something else.
    """
    read = []
    for sheet in book.sheets:
        chosen = (mapping or {}).get(sheet.name) or {}
        # A book of one sheet was chosen for that sheet.
        is_other = len(book.sheets) > 1 and _is_of_other_matters(sheet)
        if (sheet.is_hidden or is_other) and not chosen.get("kind"):
            read.append(ReadSheet(sheet, None))
        else:
            read.append(_recognise_sheet(sheet, chosen, meanings or {}))
    return read


def _is_of_other_matters(sheet: RawSheet) -> bool:
    words = re.findall(r"\w+", fold(sheet.name).replace("_", " "))
    return not OTHER_MATTERS.isdisjoint(words)


def _recognise_sheet(sheet: RawSheet, chosen: dict[str, Any], meanings: Meanings) -> ReadSheet:
    wanted = chosen.get("kind")
    if wanted == "":
        return ReadSheet(sheet, None)
    candidates = [kind for kind in kinds() if not wanted or kind.code == wanted]
    columns_chosen = _chosen(chosen.get("columns") or {})
    best: tuple[float, _Header, SheetKind] | None = None
    for row in range(min(HEADER_WITHIN, len(sheet.rows))):
        for header in _headers_at(sheet, row):
            for kind in candidates:
                score = _score(kind, header.headings, meanings, columns_chosen, is_chosen=bool(wanted))
                if score > 0 and (best is None or score > best[0]):
                    best = (score, header, kind)
    if best is None:
        return ReadSheet(sheet, None, nearly=_nearly(sheet, candidates, meanings))
    _points, header, kind = best
    columns = _columns(header.headings, kind, columns_chosen, meanings)
    first = header.row + header.depth
    as_of = _as_of(sheet.rows[: header.row]) or _as_of([[sheet.name.replace("_", " ")]], by_year=True)
    return ReadSheet(sheet, kind, header.row, columns, as_of, first)


def _nearly(
    sheet: RawSheet, candidates: list[SheetKind], meanings: Meanings
) -> tuple[SheetKind, Field] | None:
    """The kind that a sheet would be of, had it one column more: two of those it has must be telling ones."""
    best: tuple[float, SheetKind, Field] | None = None
    for row in range(min(HEADER_WITHIN, len(sheet.rows))):
        for header in _headers_at(sheet, row):
            for kind in candidates:
                found, _columns = _found(kind, header.headings, meanings, {})
                missing = _missing(kind, found)
                told = sum(1 for weight in found.values() if weight >= 2)
                if len(missing) == 1 and told >= 2 and (best is None or sum(found.values()) > best[0]):
                    best = (sum(found.values()), kind, kind.field(missing[0]))
    return best and best[1:]


def _headers_at(sheet: RawSheet, row: int) -> list[_Header]:
    cells = sheet.rows[row][:COLUMNS]
    texts = sum(1 for cell in cells if isinstance(cell, str))
    if texts < 2:
        return []
    headings = [_heading(cell) for cell in cells]
    groups = (_groups(sheet, row - 1) or _years_above(sheet, row)) if row else {}
    if len(set(groups.values())) > 1:
        # "2024" above three columns and "2025" above three others: the year and the unit of each.
        headings = [
            _completed(heading, _heading(_cell(sheet, row - 1, groups[index])))
            if index in groups
            else heading
            for index, heading in enumerate(headings)
        ]
    found = [_Header(row, headings)]
    below = _groups(sheet, row)
    # A second row of headers has nothing but what stands below the groups: a row of data has more.
    says_more = any(_cell(sheet, row + 1, index) is not None for index in below)
    others = [index for index in range(len(cells)) if index not in below]
    if says_more and all(
        _cell(sheet, row + 1, index) is None for index in others if cells[index] is not None
    ):
        found.append(_Header(row, _two_rows(sheet, row, below), depth=2))
    return found


def _heading(cell: Cell) -> Heading:
    return read_heading(str(cell)) if cell is not None else Heading("", "")


def _cell(sheet: RawSheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return cells[column] if column < len(cells) else None


def _groups(sheet: RawSheet, row: int) -> dict[int, int]:
    """Columns under a cell of `row` that is merged over several, each with the column where its text
    stands.
    """
    return {
        column: left
        for (top, left), (bottom, right) in sheet.merged
        if top == bottom == row and right > left and _cell(sheet, row, left) is not None
        for column in range(left, min(right, COLUMNS) + 1)
    }


def _years_above(sheet: RawSheet, row: int) -> dict[int, int]:
    """As `_groups`, where the cells were never merged, as in every CSV: two years or more, and nothing else, above names
    that come again.
    """
    above = {column: cell for column, cell in enumerate(sheet.rows[row - 1][:COLUMNS]) if cell is not None}
    if len(above) < 2 or not all(
        re.fullmatch(r"(?:19|20)\d\d", str(cell).strip()) for cell in above.values()
    ):
        return {}
    starts = sorted(above)
    width = min(right - left for left, right in itertools.pairwise(starts))
    groups = {
        column: start
        for start in starts
        for column in range(start, start + width)
        if _cell(sheet, row, column) is not None
    }
    names = [squash(str(_cell(sheet, row, column))) for column in groups]
    return groups if len(set(names)) < len(names) else {}


def _completed(heading: Heading, group: Heading) -> Heading:
    return Heading(
        heading.text,
        heading.words,
        heading.year or group.year,
        heading.unit or group.unit,
        heading.keys,
        heading.is_plain and group.is_plain,
    )


def _two_rows(sheet: RawSheet, row: int, groups: dict[int, int]) -> list[Heading]:
    """ "CA (KDH)" over 2024 and 2025, or "Effectif" over "Total" and "Femmes": each column by both its
    headers.
    """
    width = max(len(sheet.rows[row]), max(groups) + 1)
    headings = []
    for index in range(width):
        upper, lower = _cell(sheet, row, groups.get(index, index)), _cell(sheet, row + 1, index)
        if index not in groups:
            headings.append(_heading(upper if upper is not None else lower))
            continue
        both = _heading(" ".join(str(cell) for cell in (upper, lower) if cell is not None))
        group, own = _heading(upper), _heading(lower)
        # The lower one alone may be the whole meaning ("Femmes"), or hold nothing but a year.
        keys = (
            *both.keys,
            *own.keys,
            *(group.keys if not own.keys or own.words in ("total", "nombre") else ()),
        )
        keys = tuple(dict.fromkeys(keys))
        headings.append(Heading(both.text, both.words, both.year, both.unit, keys, both.is_plain))
    return headings


def field_of(kind: SheetKind, heading: Heading, meanings: Meanings) -> Field | None:
    """The field of a header: what a person said of it, else what its words mean."""
    said = meanings.get((kind.code, squash(heading.text)))
    if said is not None and (not said.field or kind.has(said.field)):
        return kind.field(said.field) if said.field else None
    return kind.match(heading)


def _chosen(chosen: dict[str, str]) -> dict[str, Meaning]:
    """What a person chose for the headers of a sheet, as it is kept with the book."""
    return {header: Meaning.read(written) for header, written in chosen.items()}


def _found(
    kind: SheetKind, headings: list[Heading], meanings: Meanings, chosen: dict[str, Meaning]
) -> tuple[dict[str, float], int]:
    """The fields that a header speaks of with what each tells, and in how many columns."""
    found: dict[str, float] = {}
    columns = 0
    for heading in headings:
        said = chosen.get(heading.text)
        code = said.field if said else ""
        known = kind.field(code) if code and kind.has(code) else field_of(kind, heading, meanings)
        if known is None or not heading.text:
            continue
        is_vague = _is_guess(kind, heading, meanings) and not code
        columns += 1
        found[known.code] = max(found.get(known.code, 0), 0.2 if is_vague else known.weight)
    return found, columns


def _missing(kind: SheetKind, found: dict[str, float]) -> list[str]:
    required = [known.code for known in kind.fields if known.required and known.code not in found]
    return [code for code in required if kind.instead.get(code) not in found]


def _score(
    kind: SheetKind,
    headings: list[Heading],
    meanings: Meanings,
    chosen: dict[str, Meaning],
    *,
    is_chosen: bool,
) -> float:
    found, columns = _found(kind, headings, meanings, chosen)
    texts = sum(1 for heading in headings if heading.text)
    # Columns and not fields: under two rows of headers a field stands once a year.
    points = sum(found.values()) + columns / max(1, texts) + columns / 100
    if is_chosen:
        return points if found else 0.0
    if len(found) < 2 or _missing(kind, found):
        return 0.0
    # "Nom, E-mail, Tél." may be anybody: something must say what the sheet is about.
    is_told = any(weight >= 2 for weight in found.values()) or all(
        found.get(known.code, 1) >= 1 for known in kind.fields if known.required
    )
    return points if is_told else 0.0


def _is_guess(kind: SheetKind, heading: Heading, meanings: Meanings) -> bool:
    return kind.is_vague(heading) and (kind.code, squash(heading.text)) not in meanings


def _columns(
    headings: list[Heading], kind: SheetKind, chosen: dict[str, Meaning], meanings: Meanings
) -> list[Column]:
    columns, taken = [], set()
    exact = {
        known.code
        for heading in headings
        if heading.text and not kind.is_vague(heading) and (known := field_of(kind, heading, meanings))
    }
    for index, heading in enumerate(headings):
        known = field_of(kind, heading, meanings) if heading.text else None
        said = chosen.get(heading.text) or meanings.get((kind.code, squash(heading.text)))
        if heading.text in chosen:
            known = kind.field(said.field) if said and kind.has(said.field) else None
        if known and said:
            heading = said.applied(heading)
        if (
            known
            and known.code in exact
            and heading.text not in chosen
            and _is_guess(kind, heading, meanings)
        ):
            known = None  # "Nom" beside "Société" is the name of a person
        if known:
            # A field stands in one column, or in one a year; a second column of the same name is left out.
            place = (known.code, heading.year if known.by_year else None)
            known = None if place in taken else known
            taken.add(place)
        columns.append(Column(index, heading, known))
    return columns


def _as_of(banner: list[list[Cell]], *, by_year: bool = False) -> date | None:
    """The date that a banner gives ("MAJ 15/10/2026"), the latest one where there are several. `by_year`: a year alone
    is one too ("CA 2024", the name of a sheet).
    """
    found = []
    for row in banner:
        for cell in row:
            if isinstance(cell, date):
                found.append(cell)
            elif isinstance(cell, str):
                found += DAY.findall(cell)[:20]
                # Before any day of the same banner: "Exercice 2024, tiré le 03/02/2025" is about 2024.
                year = YEAR_OF_BOOK.search(fold(cell))
                if year is None and by_year and not DAY.search(cell):
                    year = YEAR.search(cell)
                if year:
                    return date(int(year[1]), 12, 31)
    days = []
    for written in found:
        try:
            days.append(parse_date(written))
        except UnreadableDate:
            continue
    return max(days, default=None)
