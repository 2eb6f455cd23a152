"""What a row of a sheet of hosting contracts does."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.imports import CompanyBook
from fondouk.companies.imports.book import Dossier
from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.imports.periods import overlap
from fondouk.imports.planning import Planner, Values
from fondouk.imports.recognition import ReadSheet
from fondouk.lib.text import squash
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Site
from fondouk.spaces.claims import OWNERS
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.imports import SpaceBook
from fondouk.spaces.models import Resource

from .book import DAY, ContractBook, Folder

REFERENCE_LIMIT = 60

SEVERAL = re.compile(r"[+;,/&\n]|\s-\s|\bet\b|\band\b|\sو\s?", re.IGNORECASE)
FREE = frozenset(
    squash(word)
    for word in (
        "libre", "libres", "vacant", "vacante", "vide", "disponible", "inoccupé", "à louer", "non attribué",
        "free", "empty", "available", "vacant office", "unoccupied", "شاغر", "شاغرة", "فارغ", "فارغة", "متاح",
    )
)  # fmt: skip
"""What stands in the place of a company where there is none."""


class ContractPlanner(Planner):
    """Rows that share a reference are lines of one contract. Without a reference, the company, space and day
    make one.
    """

    label_field = "reference"

    def prepare(self) -> None:
        self.companies = CompanyBook.of(self.context)
        self.spaces = SpaceBook.of(self.context)
        self.sites = SiteBook.of(self.context)
        self.book = ContractBook(self.context)
        self.seen: dict[int, list[ContractLine]] = {}
        self.warned: set[int] = set()

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        if self._is_free(values):
            values.warn("free", "space", _("“%(value)s” is free: the row makes no contract."))
            return
        dossier = self._company(values)
        start, end = values.get("start"), values.get("end")
        if start is None and "start" not in values.bad:
            values.refuse("missing", "start", _("A contract needs the day it starts."))
        if start and end and end < start:
            values.refuse(
                "dates", "end", _("The contract ends before it starts. Correct one of the two dates.")
            )
        resource = self._space(values, dossier)
        if values.plan.is_refused or dossier is None or resource is None or start is None:
            return
        folder = self._folder(values, dossier, resource, start)
        if values.plan.is_refused:
            return
        line = self._line(folder, resource, start, end)
        if line is None and folder is not None and self._is_twice(folder, resource, start, end):
            values.refuse(
                "duplicate", "reference", _("This contract stands higher up in the book for the same space.")
            )
            return
        period = self._period(values, folder, line, start, end)
        if period is None:
            return
        occupancy = self._occupancy(values, resource, line)
        if occupancy == Occupancy.EXCLUSIVE and self._is_held(values, resource, period, line):
            return
        if self._is_taken(values, resource, period):
            return
        self._write(values, dossier, folder, line, resource, occupancy, period)

    def _is_free(self, values: Values) -> bool:
        """A sheet of offices with their occupants holds free ones too: nobody there, no dates, no reference."""
        if values.get("space") is None or values.get("ice") or values.bad:
            return False
        name = values.get("company")
        if name is not None:
            return squash(name) in FREE and self.companies.find(name, None) is None
        told = ("reference", "start", "end", "rent", "deposit", "terminated")
        return all(values.get(field) is None for field in told)

    def _company(self, values: Values) -> Dossier | None:
        name, ice = values.get("company"), values.get("ice")
        if name is None and ice is None:
            if not values.bad & {"company", "ice"}:
                values.refuse("missing", "company", _("Say whose contract it is."))
            return None
        dossier = self.companies.find(name or "", ice)
        numbered = self.companies.find("", ice) if name and ice else None
        if name and ice and numbered is not self.companies.find(name, None):
            values.refuse(
                "unknown company",
                "ice",
                _(
                    "The ICE and the name are not of one company: the ICE is of “%(other)s”. Correct one of the two."
                )
                if numbered
                else _("No company has this ICE, while “%(name)s” is known. Correct one of the two."),
                other=numbered.company.name if numbered else "",
                name=name,
            )
            return None
        if dossier is None:
            values.refuse(
                "unknown company",
                "company" if name else "ice",
                _("No company is called “%(value)s”. Add it to the companies, or correct the name."),
            )
        return dossier

    def _space(self, values: Values, dossier: Dossier | None) -> Resource | None:
        code = values.get("space")
        if code is None:
            if "space" not in values.bad:
                values.refuse("missing", "space", _("Say which space the contract is for."))
            return None
        site: Site | None = None
        if values.get("site"):
            site = self.sites.resolve(values)
            if site is None:
                return None
        elif dossier is not None and dossier.residencies:
            site = dossier.residencies[-1].site
        resource = self.spaces.find(code, site, is_said=values.get("site") is not None)
        if resource is None and self._are_spaces(code, site):
            values.refuse(
                "several spaces",
                "space",
                _(
                    "“%(value)s” are several spaces. Write one row for each, with the same reference and its own rent."
                ),
            )
        elif resource is None and self.spaces.is_ambiguous(code) and not values.get("site"):
            values.refuse(
                "unknown space",
                "space",
                _("Several sites have a space called “%(value)s”. Say which in a column “Site”."),
            )
        elif resource is None:
            values.refuse(
                "unknown space",
                "space",
                _("No space is called “%(value)s”. Add it to the spaces, or correct the number."),
            )
        return resource

    def _are_spaces(self, code: str, site: Site | None) -> bool:
        pieces = [piece.strip() for piece in SEVERAL.split(code)]
        return len(pieces) > 1 and all(piece and self.spaces.find(piece, site) for piece in pieces)

    def _folder(self, values: Values, dossier: Dossier, resource: Resource, start: date) -> Folder | None:
        """The contract that the row speaks of, or None for a new one. Refuses one of another company."""
        said = values.get("reference")
        folder = self.book.find(said) if said else self.book.unnamed(dossier, resource, start)
        values.plan.label = said or (
            folder.contract.reference if folder else self._reference(resource, start)
        )
        if folder is not None and folder.owner is not dossier:
            values.refuse(
                "duplicate",
                "reference",
                _("The contract %(reference)s is one of another company."),
                reference=folder.contract.reference,
            )
        return folder

    def _reference(self, resource: Resource, start: date) -> str:
        """For a contract that nobody named."""
        base = f"{resource.code[:40]}-{start:%Y%m%d}"
        reference, number = base, 2
        while self.book.find(reference) is not None:
            reference, number = f"{base}-{number}", number + 1
        return reference

    def _line(
        self, folder: Folder | None, resource: Resource, start: date, end: date | None
    ) -> ContractLine | None:
        """The line a row speaks of: the one that begins on that day, else the only one left for this
        space.
        """
        if folder is None:
            return None
        seen = self.seen.get(id(folder), [])
        known = [
            line
            for line in folder.lines
            if line.resource is resource and not any(line is row for row in seen)
        ]
        same = [line for line in known if line.period.lower == start]
        if same:
            return same[0]
        wanted = DateRange(start, end + DAY if end else None)
        return known[0] if len(known) == 1 and overlap(known[0].period, wanted) else None

    def _is_twice(self, folder: Folder, resource: Resource, start: date, end: date | None) -> bool:
        wanted = DateRange(start, end + DAY if end else None)
        return any(
            line.resource is resource and overlap(line.period, wanted)
            for line in self.seen.get(id(folder), [])
        )

    def _period(
        self, values: Values, folder: Folder | None, line: ContractLine | None, start: date, end: date | None
    ) -> DateRange | None:
        """Both days counted, as far as the contract ran. An empty end leaves the end on record."""
        upper = end + DAY if end else (line.period.upper if line is not None else None)
        if upper is not None and upper <= start:
            values.refuse(
                "dates",
                "start",
                _("The contract starts after the end on record. Write its end, or correct the start."),
            )
            return None
        period = DateRange(start, upper)
        ended = values.get("terminated")
        if ended is not None and ended < start:
            values.refuse(
                "dates", "terminated", _("The contract was ended before it started. Correct one of the two.")
            )
            return None
        if ended is not None:
            later = self._first_later(folder, line, ended)
            if later is not None:
                values.refuse(
                    "dates",
                    "terminated",
                    _(
                        "The contract holds %(space)s from %(day)s: it cannot have been ended before. Correct one of the "
                        "two."
                    ),
                    space=later.resource.code,
                    day=f"{later.period.lower:%d/%m/%Y}",
                )
                return None
            if upper is None and folder is not None and folder.contract.ends_on:
                upper = folder.contract.ends_on + DAY  # an early end prolongs nothing
            return DateRange(start, min(ended + DAY, upper) if upper and upper > start else ended + DAY)
        capped = folder.capped(period) if folder else period
        if capped is None:
            values.refuse("dates", "start", _("This contract was ended before that day."))
        return capped

    def _first_later(
        self, folder: Folder | None, line: ContractLine | None, ended: date
    ) -> ContractLine | None:
        """Another line of the contract that begins after the day it was ended."""
        others = [known for known in folder.lines if known is not line] if folder else []
        return next((other for other in others if other.period.lower > ended), None)

    def _occupancy(self, values: Values, resource: Resource, line: ContractLine | None) -> Occupancy:
        if said := values.get("occupancy"):
            return said  # type: ignore[no-any-return]
        if line is not None:
            return Occupancy(line.occupancy)
        return Occupancy.PLACES if resource.kind == SpaceKind.COWORKING else Occupancy.EXCLUSIVE

    def _is_held(
        self, values: Values, resource: Resource, period: DateRange, line: ContractLine | None
    ) -> bool:
        for folder, _other in self.book.holders(resource, period, line):
            values.refuse(
                "overlap",
                "space",
                _(
                    "“%(value)s” is held by %(other)s at that time (contract %(reference)s). Correct the "
                    "space or the dates."
                ),
                other=folder.owner.company.name if folder.owner else "—",
                reference=folder.contract.reference,
            )
            return True
        return False

    def _is_taken(self, values: Values, resource: Resource, period: DateRange) -> bool:
        """By something that is no contract, whether the row holds the space alone or shares it."""
        for claim in self.book.others(resource, period)[:1]:
            values.refuse(
                "overlap",
                "space",
                _("“%(value)s” is taken at that time: %(other)s. Correct the space or the dates."),
                other=claim.label or str(claim.company or OWNERS[claim.kind].label),
            )
            return True
        return False

    def _write(
        self,
        values: Values,
        dossier: Dossier,
        folder: Folder | None,
        line: ContractLine | None,
        resource: Resource,
        occupancy: Occupancy,
        period: DateRange,
    ) -> None:
        end: date | None = values.get("end")
        if end and end < self.context.today:
            values.warn("over", "end", _("This contract is over since %(value)s."))
        if occupancy == Occupancy.EXCLUSIVE:
            self.book.cut(resource, period, line)
        if folder is None:
            folder = self._new(values, dossier, resource, period)
        else:
            self._change_contract(folder, values, line, period)
        self._terminate(folder, values, line)
        places = (
            (values.get("places") or (line.places if line else None) or 1)
            if occupancy == Occupancy.PLACES
            else None
        )
        rent = values.get("rent")
        if line is None:
            line = ContractLine(
                contract=folder.contract,
                resource=resource,
                occupancy=occupancy,
                places=places,
                period=period,
                rent=rent,
            )
            self.writer.create(line)
            self.book.add_line(folder, line)
            values.plan.touch()
        else:
            wanted = {"period": period, "occupancy": occupancy, "places": places}
            values.change(self.writer, line, **wanted, **({"rent": rent} if rent is not None else {}))
        self.seen.setdefault(id(folder), []).append(line)

    def _new(self, values: Values, dossier: Dossier, resource: Resource, period: DateRange) -> Folder:
        contract = Contract(
            reference=values.plan.label,
            company=dossier.company,
            identity=dossier.identity_on(self.context.today),
            site=resource.site,
            starts_on=period.lower,
            ends_on=values.get("end"),
            deposit=values.get("deposit"),
        )
        self.writer.create(contract)
        folder = Folder(contract, dossier)
        self.book.add(folder)
        values.plan.touch(created=True)
        self.writer.tell("contracts.contract_imported", contract)
        return folder

    def _change_contract(
        self, folder: Folder, values: Values, line: ContractLine | None, period: DateRange
    ) -> None:
        """A contract lasts as long as its lines: with a single one, exactly as long, before it was ended
        early.
        """
        contract = folder.contract
        others = [known for known in folder.lines if known is not line]
        starts = min([period.lower, *(other.period.lower for other in others)])
        ends: date | None = values.get("end") or (contract.ends_on if line is not None else None)
        is_endless = ends is None
        for other in others:
            last = other.period.upper and other.period.upper - DAY
            is_endless |= last is None
            ends = max(ends, last) if ends and last else ends
        wanted: dict[str, Any] = {"starts_on": starts, "ends_on": None if is_endless else ends}
        if folder.termination is not None or values.get("terminated"):
            # What was signed for stays on the contract, whatever its lines were cut to.
            wanted["ends_on"] = max(filter(None, (values.get("end"), contract.ends_on)), default=None)
            if contract.ends_on is None:
                wanted["ends_on"] = None if not values.get("end") else values.get("end")
        deposit = values.get("deposit")
        if deposit is not None and (not others or contract.deposit is None):
            wanted["deposit"] = deposit
        values.change(self.writer, contract, **wanted)

    def _terminate(self, folder: Folder, values: Values, line: ContractLine | None) -> None:
        """Every other line of the contract ends with it, those too that the book does not name."""
        on = values.get("terminated")
        if on is None:
            return
        if folder.termination is None:
            folder.termination = ContractTermination(contract=folder.contract, on=on, by=self.context.by)
            self.writer.create(folder.termination)
            values.plan.changes.append(("terminated", "", f"{on:%d/%m/%Y}"))
            values.plan.touch()
        else:
            values.change(self.writer, folder.termination, on=on)
        for other in folder.lines:
            capped = folder.capped(other.period)
            if other is not line and capped is not None and capped != other.period:
                values.change(self.writer, other, period=capped)

    def totals(self) -> dict[str, int]:
        return {"contracts": len(self.seen)}
