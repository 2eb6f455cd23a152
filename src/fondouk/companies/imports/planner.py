"""What a row of a sheet of companies does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MemberRole, Mode, Status
from fondouk.companies.models import (
    Company,
    LegalIdentity,
    Membership,
    Residency,
    SectorAssignment,
    SectorSynonym,
    StageAssignment,
)
from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.lib.text import company_key, fold, squash
from fondouk.people.models import Person
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Site

from .book import CompanyBook, Dossier
from .figures import FigureReader

IDENTITY_FIELDS = ("legal_form", "ice", "rc", "rc_court", "if_number", "cnss", "tp", "incorporated_on")


class CompanyPlanner(Planner):
    label_field = "name"

    def prepare(self) -> None:
        self.book = CompanyBook.of(self.context)
        self.sites = SiteBook.of(self.context)
        self.sectors = {
            synonym.folded: synonym.sector for synonym in SectorSynonym.objects.select_related("sector")
        }
        self.figures = FigureReader(self)
        self.keys_seen: set[str] = set()
        self.ices_seen: set[str] = set()
        self.accepted: list[tuple[Dossier, Values]] = []

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        name = values.get("name")
        key = company_key(name) if name else ""
        if not key:
            values.refuse("missing", "name", _("A company needs a name."))
            return
        if self._is_twice(values, key):
            return
        existing = self._existing(values, key)
        site = self.sites.resolve(values)
        self._check_dates(values)
        sector = self._sector(values)
        self.figures.check(values, sheet, existing)
        if values.plan.is_refused:
            return
        self.keys_seen.add(key)
        if ice := values.get("ice"):
            self.ices_seen.add(ice)
        else:
            values.warn("no ice", "ice", _("The ICE is missing: it will be needed on contracts and invoices."))
        dossier = existing or self._new(values, key)
        self._company(dossier, values, is_new=existing is None)
        self._identity(dossier, values)
        self._residency(dossier, values, site, sheet)
        self._assign(dossier, values, sector, sheet)
        self._manager(dossier, values)
        self.figures.write(dossier, values, sheet)
        dossier.office = values.get("office") or ""
        self.accepted.append((dossier, values))
        if values.plan.effect != "unchanged":
            self.writer.tell("companies.company_imported", dossier.company)

    def _is_twice(self, values: Values, key: str) -> bool:
        ice = values.get("ice")
        if ice and ice in self.ices_seen:
            values.refuse("duplicate", "ice", _("A company with this ICE stands higher up in the book."))
        elif key in self.keys_seen:
            values.refuse(
                "duplicate", "name", _("“%(value)s” stands higher up in the book, legal form and spelling aside.")
            )
        return values.plan.is_refused and values.plan.problems[-1].code == "duplicate"

    def _existing(self, values: Values, key: str) -> Dossier | None:
        named, numbered = self.book.by_key.get(key), self.book.by_ice.get(values.get("ice") or "")
        if named and numbered and named is not numbered:
            values.refuse(
                "duplicate",
                "ice",
                _("This ICE belongs to “%(other)s”, another company than the one of this name."),
                other=numbered.company.name,
            )
        return numbered or named

    def _check_dates(self, values: Values) -> None:
        entry, left = values.get("entry"), values.get("exit")
        if entry and left and left < entry:
            values.refuse("dates", "exit", _("The leaving date comes before the entry date. Correct one of the two."))

    def _sector(self, values: Values) -> Any:
        word = values.get("sector")
        if word is None:
            return None
        sector = self.sectors.get(squash(word))
        if sector is None:
            values.refuse(
                "sector",
                "sector",
                _("“%(value)s” is no known sector. Correct it, or add it to the synonyms in the settings."),
            )
        return sector

    def _new(self, values: Values, key: str) -> Dossier:
        company = Company(name=values.get("name")[:200], key=key[:200])
        self.writer.create(company)
        dossier = Dossier(company)
        self.book.add(dossier)
        values.plan.touch(created=True)
        return dossier

    def _change(self, record: Any, values: Values, **wanted: Any) -> None:
        for field, value in wanted.items():
            before = getattr(record, field)
            if self.writer.update(record, **{field: value}):
                values.plan.changes.append((field, shown(before), shown(value)))
                values.plan.touch()

    def _company(self, dossier: Dossier, values: Values, *, is_new: bool) -> None:
        phone = values.get("phone")
        if phone is not None and not phone.plausible:
            values.warn("phone", "phone", _("“%(value)s” does not look like a phone number. It is kept as it is."))
        wanted = {
            "name_ar": values.get("name_ar"),
            "activity": values.get("activity"),
            "email": values.get("email"),
            "phone": phone.display if phone else None,
            "website": _address(values.get("website")),
        }
        given = {field: value for field, value in wanted.items() if value}
        if not is_new and fold(values.get("name")) != fold(dossier.company.name):
            # Another spelling of the same key: what the console says stands, unless only the ICE told them one.
            key = company_key(values.get("name"))
            if key != dossier.company.key:
                given |= {"name": values.get("name")[:200], "key": key[:200]}
                self.book.by_key[key] = dossier
        self._change(dossier.company, values, **given)

    def _identity(self, dossier: Dossier, values: Values) -> None:
        given = {field: values.get(field) for field in IDENTITY_FIELDS if values.get(field)}
        if dossier.identity is None:
            if given:
                dossier.identity = LegalIdentity(
                    company=dossier.company, legal_name=dossier.company.name, period=DateRange(None, None), **given
                )
                self.writer.create(dossier.identity)
                values.plan.touch()
        else:
            self._change(dossier.identity, values, **given)
        if ice := given.get("ice"):
            self.book.by_ice[ice] = dossier

    def _residency(self, dossier: Dossier, values: Values, site: Site | None, sheet: ReadSheet) -> None:
        status, entry, left = values.get("status"), values.get("entry"), values.get("exit")
        if site is None or (status is None and entry is None and left is None):
            return
        if status == Status.HOSTED and left and left < self.context.today:
            values.warn("dates", "exit", _("The row says hosted, but the leaving date is past: it counts as left."))
        if status == Status.ALUMNI and left is None:
            known = self._at(dossier, site)
            if known is not None and known.period.upper is not None:
                return
            left = sheet.as_of or self.context.today
            if entry and left < entry:
                left = entry
            values.warn("dates", "exit", _("The company has left, but no date says when: the date of the book is taken."))
        if status == Status.EXPECTED and entry is None:
            values.warn("dates", "entry", _("The company is expected, but no date says when: it is not yet resident."))
            return
        period = DateRange(entry, left + timedelta(days=1) if left else None)
        mode = values.get("mode") or (Mode.DOMICILED if "domicil" in fold(shown(values.raw.get("status"))) else None)
        known = self._at(dossier, site, entry)
        if known is None:
            if any(_overlap(other.period, period) for other in dossier.residencies if other.site is site):
                values.warn("dates", "entry", _("These dates cross another stay on this site, which is left as it is."))
                return
            residency = Residency(company=dossier.company, site=site, mode=mode or Mode.OFFICE, period=period)
            self.writer.create(residency)
            dossier.residencies.append(residency)
            values.plan.changes.append(("residency", "", f"{site} {shown(entry)}"))
            values.plan.touch()
            return
        lower = entry or known.period.lower
        upper = period.upper or (known.period.upper if status is None else None)
        self._change(known, values, period=DateRange(lower, upper), **({"mode": mode} if mode else {}))

    def _at(self, dossier: Dossier, site: Site, entry: date | None = None) -> Residency | None:
        """The stay on `site` that a row speaks of: the one that began on `entry`, else the latest."""
        here = [residency for residency in dossier.residencies if residency.site is site]
        same = [residency for residency in here if entry and residency.period.lower == entry]
        running = [residency for residency in here if residency.period.upper is None]
        if same or running or entry is None:
            return (same or running or here or [None])[-1]
        return None

    def _assign(self, dossier: Dossier, values: Values, sector: Any, sheet: ReadSheet) -> None:
        """Sector and stage keep their history: a change closes what stood and opens another."""
        if sector is not None and (dossier.sector is None or dossier.sector.sector_id != sector.pk):
            before = dossier.sector
            dossier.sector = SectorAssignment(
                company=dossier.company, sector=sector, period=self._follow(before)
            )
            self._open(dossier.sector, values, "sector", before and before.sector, sector)
        stage = values.get("stage")
        if stage is not None and (dossier.stage is None or dossier.stage.stage != stage):
            earlier = dossier.stage
            dossier.stage = StageAssignment(company=dossier.company, stage=stage, period=self._follow(earlier))
            self._open(dossier.stage, values, "stage", earlier and earlier.stage, stage)

    def _follow(self, before: Any) -> DateRange:
        if before is None:
            return DateRange(None, None)
        self.writer.update(before, period=DateRange(before.period.lower, self.context.today))
        return DateRange(self.context.today, None)

    def _open(self, record: Any, values: Values, field: str, before: Any, after: Any) -> None:
        self.writer.create(record)
        values.plan.changes.append((field, shown(before), shown(after)))
        values.plan.touch()

    def _manager(self, dossier: Dossier, values: Values) -> None:
        name = values.get("manager")
        if not name or any(fold(member.person.name) == fold(name) for member in dossier.team):
            return
        person = Person(name=name[:200])
        self.writer.create(person)
        heading = values.columns["manager"].heading.text[:120]
        membership = Membership(
            person=person,
            company=dossier.company,
            role=MemberRole.OWNER,
            title=heading if squash(heading) != "contact" else "",
            period=DateRange(None, None),
        )
        self.writer.create(membership)
        dossier.team.append(membership)
        values.plan.changes.append(("team", "", name))
        values.plan.touch()

    def finish(self) -> None:
        """What each row says of an office, against the contracts known at the end of the book."""
        held: dict[int, set[str]] = self.context.shared.get("offices held", {})
        for dossier, values in self.accepted:
            if dossier.office and _code(dossier.office) not in held.get(id(dossier), set()):
                values.warn("office", "office", _("No contract of this company is for the office “%(value)s”: none is made."))

    def totals(self) -> dict[str, int]:
        resident = [dossier for dossier, _values in self.accepted if self._is_hosted(dossier)]
        return {
            "companies": len(self.accepted),
            "companies_resident": len(resident),
            **self.figures.totals(resident),
        }

    def _is_hosted(self, dossier: Dossier) -> bool:
        return any(self.context.today in residency.period for residency in dossier.residencies)


def _overlap(one: DateRange, other: DateRange) -> bool:
    def starts_before_end(first: DateRange, second: DateRange) -> bool:
        return first.lower is None or second.upper is None or first.lower < second.upper

    return bool(starts_before_end(one, other) and starts_before_end(other, one))


def _code(office: str) -> str:
    return squash(office)


def _address(written: str | None) -> str | None:
    """A website with its scheme, or nothing when it is none."""
    if not written:
        return None
    address = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in address:
        return None
    return address[:200]
