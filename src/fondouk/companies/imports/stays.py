"""Stays of a company that a row tells: where, how, from when to when.

"Hosted" follows the status and the dates of the company's own row, never its contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Mode, Status
from fondouk.companies.models import Residency
from fondouk.imports import readers
from fondouk.imports.periods import overlap
from fondouk.imports.planning import Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.imports.schema import Bad, Heading
from fondouk.imports.writer import Writer
from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.text import fold
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Site

from .book import Dossier
from .words import MODE_OF_STATUS, MODES

DAY = timedelta(days=1)


@dataclass
class OtherStay:
    """A line of "other stays": `Rabat | bureau | 01/02/2020 | 31/12/2022`. An empty date is unknown, or not
    yet.
    """

    site: str
    mode: Mode
    entry: date | None
    left: date | None

    @property
    def period(self) -> DateRange:
        return DateRange(self.entry, self.left + DAY if self.left else None)


def other_stays(value: Any, heading: Heading) -> list[OtherStay] | None:
    written = readers.paragraph(value, heading)
    if written is None:
        return None
    stays = []
    for line in written.splitlines():
        pieces = [piece.strip() for piece in line.split("|")]
        known = MODES.find(pieces[1]) if len(pieces) == 4 else None
        try:
            entry, left = (parse_date(piece) if piece else None for piece in pieces[2:4])
        except (UnreadableDate, ValueError):
            known = None
        if known is None or (entry and left and left < entry):
            raise Bad(
                "stays", _("“%(value)s” is no list of stays. Write: site | office | 01/02/2024 | 31/12/2025.")
            )
        stays.append(OtherStay(pieces[0], known, entry, left))
    return stays


def stay_line(residency: Residency, site: str, language: str) -> str:
    """What an export writes; `other_stays` reads it back."""
    lower, upper = residency.period.lower, residency.period.upper
    last = upper - DAY if upper else None
    return " | ".join([site, MODES.word(Mode(residency.mode), language), shown(lower), shown(last)])


@dataclass
class Stay:
    """What a row says of the company's stay, checked: `known` is the record it speaks of."""

    site: Site
    period: DateRange
    mode: Mode | None
    known: Residency | None


@dataclass
class StayReader:
    """Two steps: `check` may refuse the row and writes nothing; `write` may only warn."""

    sites: SiteBook
    writer: Writer
    today: date
    others: list[tuple[OtherStay, Site]] = field(default_factory=list)

    def check(
        self, values: Values, dossier: Dossier | None, site: Site | None, sheet: ReadSheet
    ) -> Stay | None:
        self.others = self._others(values)
        status, entry, left = values.get("status"), values.get("entry"), values.get("exit")
        if entry and left and left < entry:
            values.refuse(
                "dates", "exit", _("The leaving date comes before the entry date. Correct one of the two.")
            )
            return None
        if status in (None, Status.OUTSIDE) and entry is None and left is None:
            if (
                site is not None
                and status is None
                and not (dossier and dossier.residencies)
                and values.get("site")
            ):
                values.warn(
                    "no date",
                    "site",
                    _(
                        "Neither a status nor a date says that the company is hosted in “%(value)s”: no stay is recorded."
                    ),
                )
            return None
        if site is None:
            if not values.plan.is_refused:
                values.warn(
                    "no site", "site", _("No site is given: where the company is hosted is not recorded.")
                )
            return None
        here = [stay for stay in dossier.residencies if stay.site is site] if dossier else []
        if status == Status.ALUMNI and left is None:
            if here and all(stay.period.upper and stay.period.upper <= self.today for stay in here):
                return None  # it has left already, on a day that the database knows
            left = self._last_day(values, entry, sheet)
            if left is None:
                return None
        elif not self._is_plain(values, status, entry, left):
            return None
        known = self._known(here, entry, left)
        lower = entry or (known.period.lower if known else None)
        upper = left + DAY if left else self._end_known(known, status)
        if lower and upper and upper <= lower:
            values.refuse(
                "dates",
                "exit",
                _("The leaving date comes before the entry date on record, %(entry)s."),
                entry=shown(lower),
            )
            return None
        return Stay(site, DateRange(lower, upper), self._mode(values), known)

    def _others(self, values: Values) -> list[tuple[OtherStay, Site]]:
        found = []
        for stay in values.get("stays") or ():
            site = self.sites.find(stay.site)
            if site is None:
                values.refuse(
                    "unknown site",
                    "stays",
                    _("No site is called “%(site)s”. Correct the list of stays."),
                    site=stay.site,
                )
                return []
            found.append((stay, site))
        return found

    def _last_day(self, values: Values, entry: date | None, sheet: ReadSheet) -> date | None:
        """Of a company that has left on a day that nobody wrote: the day of the book, and always before
        today.
        """
        left = min(sheet.as_of or self.today, self.today - DAY)
        if entry and left < entry:
            left = entry
        if left >= self.today:
            values.warn(
                "dates", "entry", _("The row says left, but the entry lies ahead: no stay is recorded.")
            )
            return None
        sentence = (
            _("The company has left, but no date says when: the date of the book is taken.")
            if sheet.as_of
            else _("The company has left, but no date says when: yesterday is taken. Write the leaving date.")
        )
        values.warn("dates", "exit", sentence)
        return left

    def _is_plain(self, values: Values, status: Status | None, entry: date | None, left: date | None) -> bool:
        """Status and dates against each other: dates decide, and what disagrees is said."""
        if status == Status.EXPECTED and (entry is None or entry <= self.today):
            sentence = (
                _("The company is expected, but no date says when: it is not yet resident.")
                if entry is None
                else _("The company is expected, but its entry date is past: it is not counted as resident.")
            )
            values.warn("dates", "entry", sentence)
            return False
        if status == Status.HOSTED and left and left < self.today:
            values.warn(
                "dates", "exit", _("The row says hosted, but the leaving date is past: it counts as left.")
            )
        if status == Status.HOSTED and entry and entry > self.today:
            values.warn(
                "dates", "entry", _("The row says hosted, but the entry lies ahead: it counts as expected.")
            )
        if status == Status.ALUMNI and left and left >= self.today:
            values.warn(
                "dates", "exit", _("The row says left, but the leaving date lies ahead: hosted until then.")
            )
        return True

    def _known(self, here: list[Residency], entry: date | None, left: date | None) -> Residency | None:
        """The stay a row speaks of: the one that began on `entry`; else the one of today, moved; else the
        latest.
        """
        if same := [stay for stay in here if entry and stay.period.lower == entry]:
            return same[0]
        running = next((stay for stay in here if self.today in stay.period), None)
        if entry is None:
            return running or (here[-1] if here else None)
        wanted = DateRange(entry, left + DAY if left else None)
        return running if running and overlap(running.period, wanted) else None

    def _end_known(self, known: Residency | None, status: Status | None) -> date | None:
        """Without a leaving date, the one on record stays, unless it is past and the row says hosted."""
        end: date | None = known.period.upper if known else None
        return end if end and (status is None or end > self.today) else None

    def _mode(self, values: Values) -> Mode | None:
        if said := values.get("mode"):
            return said  # type: ignore[no-any-return]
        status = fold(shown(values.written("status")))
        return next((mode for word, mode in MODE_OF_STATUS.items() if word in status), None)

    def write(self, dossier: Dossier, values: Values, stay: Stay | None) -> None:
        if stay is not None:
            self._write(dossier, values, stay, at="entry")
        for other, site in self.others:
            known = next(
                (row for row in dossier.residencies if row.site is site and row.period.lower == other.entry),
                None,
            )
            self._write(dossier, values, Stay(site, other.period, other.mode, known), at="stays")

    def _write(self, dossier: Dossier, values: Values, stay: Stay, *, at: str) -> None:
        beside = [row for row in dossier.residencies if row.site is stay.site and row is not stay.known]
        if any(overlap(row.period, stay.period) for row in beside):
            values.warn(
                "dates", at, _("These dates cross another stay on this site, which is left as it is.")
            )
            return
        if stay.known is not None:
            values.change(
                self.writer, stay.known, period=stay.period, **({"mode": stay.mode} if stay.mode else {})
            )
            return
        elsewhere = [
            row for row in dossier.residencies if self.today in row.period and row.site is not stay.site
        ]
        if at == "entry" and elsewhere and self.today in stay.period:
            values.warn(
                "two sites",
                "site",
                _("The company is hosted in %(other)s as well. If it moved, write its leaving date there."),
                other=str(elsewhere[0].site),
            )
        residency = Residency(
            company=dossier.company, site=stay.site, mode=stay.mode or Mode.OFFICE, period=stay.period
        )
        self.writer.create(residency)
        dossier.residencies.append(residency)
        values.plan.changes.append(("residency", "", f"{stay.site} {shown(stay.period.lower)}".strip()))
        values.plan.touch()
