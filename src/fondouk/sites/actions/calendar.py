"""Opening hours, their overrides, and public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.lib.calendars import feasts
from fondouk.people.models import Person
from fondouk.sites import verbs
from fondouk.sites.enums import FeastState
from fondouk.sites.models import Feast, HoursOverride, OpeningHours, OverrideHours, Site

Week = Mapping[int, tuple[time, time]]
"""Hours by ISO day of the week, 1 to 7. A day that is not in it is closed."""


@transaction.atomic
def change_hours(site: Site, week: Week, *, by: Person | None) -> None:
    """The usual hours of the site, all seven days at once."""
    Site.objects.select_for_update().get(pk=site.pk)
    site.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens=opens, closes=closes)
        for day, (opens, closes) in sorted(week.items())
    )
    record(verbs.HOURS_CHANGED, site, by=by)


@transaction.atomic
def override_hours(
    site: Site, *, label: str, first: date, last: date, week: Week, by: Person | None
) -> HoursOverride:
    """Other hours from `first` to `last`, both included. An empty week: closed all the while."""
    override = HoursOverride.objects.create(
        site=site, label=label, period=DateRange(first, last + timedelta(days=1))
    )
    _note_hours(override, week)
    record(verbs.OVERRIDE_NOTED, site, by=by, label=label)
    return override


@transaction.atomic
def change_override(
    override: HoursOverride, *, label: str, first: date, last: date, week: Week, by: Person | None
) -> HoursOverride:
    """Other days, other hours or another reason, as `override_hours` takes them."""
    locked = HoursOverride.objects.select_for_update().get(pk=override.pk)
    locked.label, locked.period = label, DateRange(first, last + timedelta(days=1))
    locked.save(update_fields=["label", "period"])
    locked.hours.all().delete()
    _note_hours(locked, week)
    record(verbs.OVERRIDE_NOTED, locked.site, by=by, label=label)
    return locked


def _note_hours(override: HoursOverride, week: Week) -> None:
    OverrideHours.objects.bulk_create(
        OverrideHours(override=override, weekday=day, opens=opens, closes=closes)
        for day, (opens, closes) in sorted(week.items())
    )


@transaction.atomic
def drop_override(override: HoursOverride, *, by: Person | None) -> None:
    locked = HoursOverride.objects.select_for_update().get(pk=override.pk)
    site, label = locked.site, locked.label
    locked.delete()
    record(verbs.OVERRIDE_REMOVED, site, by=by, label=label)


@transaction.atomic
def plan_feasts(year: int) -> list[Feast]:
    """The holidays of a year, made known from the calendar; those already known are left as they are."""
    Feast.objects.bulk_create(
        [
            Feast(
                code=feast.code,
                year=year,
                on=feast.date,
                expected_on=feast.date,
                state=FeastState.PROVISIONAL if feast.is_moon_sighted else FeastState.CONFIRMED,
            )
            for feast in feasts(year, "en")
        ],
        ignore_conflicts=True,
    )
    return list(Feast.objects.filter(year=year))


@transaction.atomic
def move_feast(feast: Feast, *, on: date, state: str, by: Person | None) -> Feast:
    """What was announced: the day, and that it is certain."""
    locked = Feast.objects.select_for_update().get(pk=feast.pk)
    locked.on, locked.state = on, state
    locked.save(update_fields=["on", "state"])
    # The second day of a feast follows its first.
    second = Feast.objects.filter(year=locked.year, code=f"{locked.code}_2").first()
    if second is not None:
        second.on, second.state = on + timedelta(days=1), state
        second.save(update_fields=["on", "state"])
    record(verbs.FEAST_CHANGED, locked, by=by, code=locked.code, on=on.isoformat(), state=state)
    return locked
