"""The hand that writes companies in bulk: the rows that the actions would write, thousands at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import entry
from fondouk.audit.models import Entry
from fondouk.audit.receivers import PERSON_CREATED
from fondouk.companies import verbs
from fondouk.companies.enums import MONEY_INDICATORS
from fondouk.companies.models import (
    Company,
    CompanyKind,
    CompanyNote,
    Figure,
    LegalIdentity,
    Membership,
    Residency,
    SectorAssignment,
    StageAssignment,
    Stewardship,
)
from fondouk.lib.text import company_key
from fondouk.people.models import Person, PersonEmail

CHUNK = 2000
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
Line = Callable[[], Entry]


class Bulk:
    """Collects rows in memory; `write` sends them, those that others point to first."""

    def __init__(self) -> None:
        self.now = EPOCH
        self.rows: dict[type[Any], list[Any]] = {}
        self.lines: list[Line] = []
        self.told: list[tuple[str, datetime, Residency]] = []
        self.latest: dict[tuple[int, str], Any] = {}
        """What stands last about a company: (its place in memory, what of it)."""

    def at(self, moment: datetime) -> None:
        self.now = moment

    @property
    def today(self) -> date:
        return self.now.date()

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def line(self, verb: str, *subjects: Any, by: Any, facts: Callable[[], dict[str, Any]] = dict) -> None:
        """Told once the rows have their keys."""
        moment = self.now
        self.lines.append(lambda: entry(verb, *subjects, by=by, at=moment, **facts()))

    def create_person(self, *, name: str, name_ar: str, email: str, by: Any) -> Person:
        person = self.add(Person(name=name, name_ar=name_ar, created_at=self.now))
        self.add(PersonEmail(person=person, address=email, is_main=True))
        self.line(PERSON_CREATED, person, by=by, facts=lambda: {"person": {"person": person.pk}})
        return person  # type: ignore[no-any-return]

    def create_company(self, company: Company, *, identity: dict[str, Any], by: Any) -> Company:
        company.key = company_key(company.name)[:200]
        company.created_at = self.now
        self.add(company)
        self._identity(company, identity, DateRange(None, None))
        self.line(verbs.COMPANY_CREATED, company, by=by)
        return company

    def _identity(self, company: Company, values: dict[str, Any], period: DateRange) -> None:
        said = {name: value for name, value in values.items() if value}
        self.latest[id(company), "identity"] = self.add(LegalIdentity(**said, company=company, period=period))

    def set_identity(self, company: Company, values: dict[str, Any], *, since: date, by: Any) -> None:
        before = self.latest[id(company), "identity"]
        before.period = DateRange(before.period.lower, since)
        self._identity(company, values, DateRange(since, None))
        self.line(verbs.IDENTITY_CHANGED, company, by=by, facts=lambda: {"since": since.isoformat()})

    def _follow(
        self, company: Company, what: str, make: Callable[[DateRange], Any], *, first: date | None
    ) -> None:
        """What stood ends on the day before; what comes first counts from `first`."""
        before = self.latest.get((id(company), what))
        if before is not None:
            before.period = DateRange(before.period.lower, self.today)
        start = first if before is None else self.today
        self.latest[id(company), what] = self.add(make(DateRange(start, None)))

    def assign_sector(self, company: Company, sector: Any, *, by: Any) -> None:
        self._follow(
            company, "sector",
            lambda period: SectorAssignment(company=company, sector=sector, period=period), first=None,
        )  # fmt: skip
        self._changed(company, "sector", by)

    def assign_stage(self, company: Company, stage: str, *, by: Any) -> None:
        self._follow(
            company, "stage", lambda period: StageAssignment(company=company, stage=stage, period=period), first=None
        )  # fmt: skip
        self._changed(company, "stage", by)

    def assign_kind(self, company: Company, kind: str, *, by: Any) -> None:
        self._follow(
            company, "kind", lambda period: CompanyKind(company=company, kind=kind, period=period), first=self.today
        )  # fmt: skip
        self._changed(company, "kinds", by)

    def _changed(self, company: Company, field: str, by: Any) -> None:
        self.line(verbs.COMPANY_CHANGED, company, by=by, facts=lambda: {"fields": [field]})

    def assign_steward(self, company: Company, person: Person, *, by: Any) -> None:
        self._follow(
            company, "steward",
            lambda period: Stewardship(company=company, person=person, period=period), first=self.today,
        )  # fmt: skip
        self.line(verbs.STEWARD_CHANGED, company, by=by, facts=lambda: {"person": {"person": person.pk}})

    def open_residency(self, company: Company, *, site: Any, mode: str, first: date, by: Any) -> Residency:
        self.line(verbs.RESIDENCY_OPENED, company, site, by=by, facts=lambda: {"site": site.city})
        stay: Residency = self.add(
            Residency(company=company, site=site, mode=mode, period=DateRange(first, None))
        )
        self._history(stay, "insert")
        return stay

    def close_residency(self, residency: Residency, *, last: date, by: Any) -> None:
        self._history(residency, "update")
        residency.period = DateRange(residency.period.lower, last + timedelta(days=1))
        company, site = residency.company, residency.site
        self.line(verbs.RESIDENCY_CLOSED, company, site, by=by, facts=lambda: {"site": site.city})

    def _history(self, stay: Residency, label: str) -> None:
        """Reports "as known on" read it: what the trigger would have noted, at that moment."""
        self.told.append((label, self.now, stay))

    def add_member(
        self, company: Company, person: Person, *, role: str, title: str, since: date, by: Any
    ) -> None:
        self.add(
            Membership(company=company, person=person, role=role, title=title, period=DateRange(since, None))
        )
        self.line(verbs.MEMBER_ADDED, company, person, by=by, facts=lambda: {"person": {"person": person.pk}})

    def declare_figures(
        self, company: Company, *, year: int, values: Mapping[str, Decimal], source: str, note: str, by: Any
    ) -> None:
        period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
        count = 0
        for code, value in values.items():
            before = self.latest.get((id(company), f"{code}:{year}"))
            if before is not None and before.value == value:
                continue
            self.latest[id(company), f"{code}:{year}"] = self.add(
                Figure(
                    company=company, indicator=code, period=period, value=value, source=source, source_note=note,
                    unit="MAD" if code in MONEY_INDICATORS else "people", declared_by=by, declared_at=self.now,
                    supersedes=before,
                )
            )  # fmt: skip
            count += 1
        if count:
            self.line(verbs.FIGURES_DECLARED, company, by=by, facts=lambda: {"year": year, "count": count})

    def write_note(self, company: Company, text: str, *, by: Any) -> None:
        note = self.add(CompanyNote(company=company, text=text, written_by=by, written_at=self.now))
        self.line(verbs.NOTE_WRITTEN, company, by=by, facts=lambda: {"text": text[:140], "note": note.pk})

    def write(self) -> None:
        first: list[type[Any]] = [Person, PersonEmail, Company]
        for model in [*first, *(model for model in self.rows if model not in {*first, Figure, Residency})]:
            _create(model, self.rows.get(model, []))
        self._write_stays()
        figures = self.rows.get(Figure, [])
        for wave in _waves(figures):
            _create(Figure, wave)
        Entry.objects.bulk_create(
            sorted((line() for line in self.lines), key=lambda told: told.at), batch_size=CHUNK
        )

    def _write_stays(self) -> None:
        with pgtrigger.ignore("companies.Residency:insert_insert"):
            Residency.objects.bulk_create(self.rows.get(Residency, []), batch_size=CHUNK)
        history = apps.get_model("companies", "ResidencyEvent")
        with_end = {id(stay) for label, _moment, stay in self.told if label == "update"}
        rows = []
        for label, _moment, stay in sorted(self.told, key=lambda one: one[1]):
            opened = label == "insert" and id(stay) in with_end
            rows.append(
                history(
                    id=stay.pk, company=stay.company, site=stay.site, mode=stay.mode, pgh_obj=stay, pgh_label=label,
                    period=DateRange(stay.period.lower, None) if opened else stay.period,
                )
            )  # fmt: skip
        made = history.objects.bulk_create(rows, batch_size=CHUNK)
        for row, (_label, moment, _stay) in zip(made, sorted(self.told, key=lambda one: one[1]), strict=True):
            row.pgh_created_at = moment  # which is now, when the row is made
        with pgtrigger.ignore("companies.ResidencyEvent:append_only"):
            history.objects.bulk_update(made, ["pgh_created_at"], batch_size=CHUNK)


def _create(model: type[Any], rows: list[Any]) -> None:
    """Triggers plan their queries once: with statistics of a table that was empty they would read all of it each time."""
    for start in range(0, len(rows), CHUNK):
        model.objects.bulk_create(rows[start : start + CHUNK])
        if start == 0 and len(rows) > CHUNK:
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _waves(figures: list[Figure]) -> list[list[Figure]]:
    """What is corrected is written before what corrects it."""
    waves: list[list[Figure]] = []
    depth: dict[int, int] = {}
    for figure in figures:
        before = figure.supersedes
        depth[id(figure)] = 0 if before is None else depth[id(before)] + 1
        if depth[id(figure)] == len(waves):
            waves.append([])
        waves[depth[id(figure)]].append(figure)
    return waves
