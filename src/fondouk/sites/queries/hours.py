"""When a site is open. Everything here is the clock on the wall at the site; instants are converted in Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from fondouk.lib.calendars import feasts
from fondouk.lib.zones import at_or_after
from fondouk.sites.enums import FeastState, Phase, Weekday
from fondouk.sites.models import Feast, OpeningHours, OverrideHours, Site

Reason = Literal["usual", "override", "feast", "phase"]


@dataclass(frozen=True)
class Day:
    """The hours of one day. `opens` None: closed. `reason` says what decided, `label` names it."""

    on: date
    opens: time | None
    closes: time | None
    reason: Reason
    label: str = ""

    @property
    def is_open(self) -> bool:
        return self.opens is not None

    def holds(self, clock: time) -> bool:
        """Open from the first minute on, closed at the last."""
        return self.opens is not None and self.closes is not None and self.opens <= clock < self.closes


@dataclass(frozen=True)
class Holiday:
    """A public holiday as known today: announced, else as the calendar expects it."""

    code: str
    name: str
    on: date
    expected_on: date
    state: FeastState

    @property
    def is_moved(self) -> bool:
        return self.on != self.expected_on


def holidays(year: int, language: str) -> list[Holiday]:
    """The public holidays of a year in their order: what people noted, completed from the calendar."""
    return _holidays(year, language, Feast.objects.filter(year=year))


def _holidays(year: int, language: str, feasts_noted: Iterable[Feast]) -> list[Holiday]:
    noted = {feast.code: feast for feast in feasts_noted}
    found = []
    for foreseen in feasts(year, language):
        feast = noted.pop(foreseen.code, None)
        state = FeastState.PROVISIONAL if foreseen.is_moon_sighted else FeastState.CONFIRMED
        found.append(
            Holiday(
                foreseen.code,
                foreseen.name,
                feast.on if feast else foreseen.date,
                feast.expected_on if feast else foreseen.date,
                FeastState(feast.state) if feast else state,
            )
        )
    found += [
        Holiday(feast.code, feast.code, feast.on, feast.expected_on, FeastState(feast.state))
        for feast in noted.values()
    ]
    return sorted(found, key=lambda holiday: (holiday.on, holiday.code))


def hours_on(site: Site, day: date) -> Day:
    return week_of(site, [day])[0]


def week_of(site: Site, days: Iterable[date]) -> list[Day]:
    """The hours of each of `days`, with the same few queries for a day or for a month.

    A site that is not in its open phase is closed; then a public holiday closes it; then an override decides for its
    days, also by having no hours; then the usual week. Holidays are named in the language of the reader.
    """
    days = list(days)
    # One that follows the moon may fall into the year before, or after, the one it is counted in.
    years = {near for day in days for near in (day.year - 1, day.year, day.year + 1)}
    noted: dict[int, list[Feast]] = {year: [] for year in years}
    for feast in Feast.objects.filter(year__in=years):
        noted[feast.year].append(feast)
    phases = [(phase.starts_on, phase.phase) for phase in site.phases.all()]
    closed = {
        holiday.on: holiday.name
        for year in years
        for holiday in _holidays(year, (get_language() or "fr")[:2], noted[year])
        if holiday.on in set(days)
    }
    overrides = (
        list(site.overrides.filter(period__overlap=(min(days), None)).prefetch_related("hours"))
        if days
        else []
    )
    usual: dict[int, OpeningHours] = {hours.weekday: hours for hours in site.hours.all()}
    found = []
    for day in days:
        if _phase_on(phases, day) != Phase.OPEN:
            found.append(Day(day, None, None, "phase"))
            continue
        if day in closed:
            found.append(Day(day, None, None, "feast", closed[day]))
            continue
        override = next((one for one in overrides if day in one.period), None)
        hours: OpeningHours | OverrideHours | None
        if override:
            hours = next((one for one in override.hours.all() if one.weekday == day.isoweekday()), None)
            reason: Reason = "override"
        else:
            hours, reason = usual.get(day.isoweekday()), "usual"
        label = override.label if override else ""
        found.append(Day(day, hours.opens if hours else None, hours.closes if hours else None, reason, label))
    return found


def is_open(site: Site, moment: datetime) -> bool:
    """Whether the doors are open at that instant, by the clock of the site's own zone."""
    there = moment.astimezone(ZoneInfo(site.zone))
    return hours_on(site, there.date()).holds(there.time())


def _phase_on(phases: list[tuple[date | None, str]], day: date) -> str | None:
    """Phases come in the order of their start, those of unknown start first."""
    past = [phase for starts_on, phase in phases if starts_on is None or starts_on <= day]
    return past[-1] if past else None


def runs_of(hours: Iterable[OpeningHours | OverrideHours]) -> list[tuple[str, str, time, time]]:
    """Days in a row with the same hours: the first and last of them by name, and when the site opens and closes."""
    runs: list[tuple[int, int, time, time]] = []
    for row in sorted(hours, key=lambda row: row.weekday):
        same = (row.opens, row.closes)
        if runs and runs[-1][1] == row.weekday - 1 and runs[-1][2:] == same:
            runs[-1] = (runs[-1][0], row.weekday, *same)
        else:
            runs.append((row.weekday, row.weekday, *same))
    return [(str(Weekday(a).label), str(Weekday(z).label), opens, closes) for a, z, opens, closes in runs]


FAR = 62
"""Days to look through for opening hours: a site closed for longer has none that count."""


def after_open_minutes(site: Site, moment: datetime, minutes: int) -> datetime:
    """When so many minutes of opening hours have passed since `moment`. Of a site without hours: minutes like any other."""
    there = moment.astimezone(ZoneInfo(site.zone)).replace(tzinfo=None)
    left = timedelta(minutes=minutes)
    for day in week_of(site, [there.date() + timedelta(days=count) for count in range(FAR)]):
        if day.opens is None or day.closes is None:
            continue
        opens = max(datetime.combine(day.on, day.opens), there)
        closes = datetime.combine(day.on, day.closes)
        if opens >= closes:
            continue
        if left <= closes - opens:
            return at_or_after(opens + left, site.zone)
        left -= closes - opens
    return moment + timedelta(minutes=minutes)
