"""Finding a room: free for all times, for most of them and which are missing, and what else could be had."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import BookingRule
from fondouk.bookings.queries import Search, other_rooms, other_times, search, standing
from fondouk.lib.recurrence import BrokenRule, parse_rule
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource
from tests.factories import OpeningHoursFactory, PartFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, booked, room

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
STAFF, RESIDENT = Audience.STAFF, Audience.RESIDENT
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def asked(rule: str = "", hours: int = 2, **values: Any) -> Search:
    starts = values.pop("starts", TUESDAY)
    return Search(starts, starts + hours * HOUR, parse_rule(rule) if rule else None, **values)


def codes(wanted: Search, audience: Audience = RESIDENT) -> list[tuple[str, int]]:
    return [(one.resource.code, len(one.missing)) for one in search(Resource.objects.all(), wanted, audience)]


def open_site(**values: Any) -> Site:
    """From eight to twenty, every day."""
    site = SiteFactory(**values)
    for day in range(1, 8):
        OpeningHoursFactory(site=site, weekday=day, opens=time(8), closes=time(20))
    return site


@pytest.fixture
def house() -> dict[str, Resource]:
    """Salon for 4, Majorelle for 8 (it combines with Menara into Jardin for 20), Menara for 12, and an office."""
    site = open_site()
    a, b = PartFactory(site=site), PartFactory(site=site)
    return {
        "salon": room(site=site, code="Salon", capacity=4),
        "majorelle": room(site=site, code="Majorelle", capacity=8, parts=[a]),
        "menara": room(site=site, code="Menara", capacity=12, parts=[b]),
        "jardin": room(site=site, code="Jardin", capacity=20, parts=[a, b]),
        "office": room(site=site, code="C1001", kind="office", capacity=30),
    }


def test_the_smallest_that_does_comes_first(house: dict[str, Resource]) -> None:
    assert codes(asked(capacity=8)) == [("Majorelle", 0), ("Menara", 0), ("Jardin", 0)]
    assert codes(asked()) == [("Salon", 0), ("Majorelle", 0), ("Menara", 0), ("Jardin", 0)]


def test_every_week_for_a_term_and_which_dates_are_missing(house: dict[str, Resource]) -> None:
    booked(house["menara"], starts=TUESDAY + WEEK)
    booked(house["majorelle"], starts=TUESDAY + 3 * WEEK - HOUR, hours=1)  # just before: not in the way
    found = search(Resource.objects.all(), asked("FREQ=WEEKLY;COUNT=12", capacity=8), STAFF)
    assert [one.resource.code for one in found] == ["Majorelle", "Menara", "Jardin"]
    assert [one.missing for one in found] == [[], [TUESDAY + WEEK], [TUESDAY + WEEK]]
    assert (found[0].is_free, found[1].share) == (True, pytest.approx(11 / 12))


def test_only_what_one_may_book(house: dict[str, Resource]) -> None:
    BookingRule.objects.create(period=since(), resource=house["salon"], audience=RESIDENT, is_allowed=False)
    BookingRule.objects.create(period=since(), resource=house["office"], audience=STAFF, is_allowed=True)
    assert [code for code, _missing in codes(asked())] == ["Majorelle", "Menara", "Jardin"]
    assert [code for code, _missing in codes(asked(), STAFF)] == [
        "Salon",
        "Majorelle",
        "Menara",
        "Jardin",
        "C1001",
    ]


def test_time_to_set_up_counts(house: dict[str, Resource]) -> None:
    booked(house["salon"], starts=TUESDAY - HOUR)
    assert codes(asked())[0] == ("Salon", 0)
    BookingRule.objects.create(period=since(), resource=house["salon"], setup_minutes=15)
    assert codes(asked())[-1] == ("Salon", 1)


def test_by_site_and_kind_on_the_clock_of_each(house: dict[str, Resource]) -> None:
    paris = room(site=open_site(zone="Europe/Paris"), code="Paris", capacity=4, kind="studio")
    booked(paris, starts=TUESDAY)
    assert codes(asked(kinds=["studio"])) == [("Paris", 1)]
    assert codes(asked(site=paris.site_id)) == [("Paris", 1)]
    assert codes(asked(site=paris.site_id, starts=TUESDAY + 2 * HOUR)) == [("Paris", 0)]
    jump = asked(site=paris.site_id, starts=datetime(2027, 3, 27, 2, 30), rule="FREQ=DAILY;COUNT=2")  # noqa: DTZ001
    assert search(Resource.objects.all(), jump, STAFF)[0].missing == [datetime(2027, 3, 28, 2, 30)]  # noqa: DTZ001


def test_as_many_queries_for_many_rooms_as_for_few(house: dict[str, Resource]) -> None:
    made = []
    standing()  # rules are read once a process
    for _number in range(2):
        with CaptureQueriesContext(connection) as captured:
            search(Resource.objects.all(), asked("FREQ=WEEKLY;COUNT=50"), RESIDENT)
        made.append(len(captured))
        for _more in range(10):
            room(site=house["salon"].site)
    assert made[0] == made[1] <= 12


def test_a_rule_that_is_none(house: dict[str, Resource]) -> None:
    with pytest.raises(BrokenRule):
        search(Resource.objects.all(), asked("FREQ=DAILY;UNTIL=20401231"), RESIDENT)


def test_what_else_could_be_had(house: dict[str, Resource]) -> None:
    place = house["majorelle"]
    booked(place, starts=TUESDAY, hours=1)
    found = other_times(place, TUESDAY, TUESDAY + HOUR, RESIDENT, NOW)
    assert [f"{span.starts:%H:%M}" for span in found] == ["09:00", "11:00", "08:00", "12:00"]
    late = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
    assert [
        f"{span.starts:%H:%M}" for span in other_times(place, TUESDAY, TUESDAY + HOUR, RESIDENT, late)
    ] == ["11:00", "12:00", "10:00", "10:00"]
    rooms = other_rooms(Resource.objects.all(), place, asked(capacity=6), RESIDENT)
    assert [one.resource.code for one in rooms] == ["Menara"]


def test_whoever_wants_the_whole_day_is_shown_the_next_ones(house: dict[str, Resource]) -> None:
    """From eight to eight: no other hour will do. Thursday is taken, 11 January a feast."""
    place = house["jardin"]
    day = TUESDAY.replace(hour=8)
    booked(place, starts=day + timedelta(days=2), hours=1)
    found = other_times(place, day, day + 12 * HOUR, RESIDENT, NOW)
    assert [f"{span.starts:%d %H}–{span.ends:%H}" for span in found] == [
        "06 08–20",
        "08 08–20",
        "09 08–20",
        "10 08–20",
    ]
    assert other_times(place, day, day + 12 * HOUR, RESIDENT, datetime(2026, 10, 5, tzinfo=UTC)) == []


def test_when_the_site_is_closed_nothing_is_free(house: dict[str, Resource]) -> None:
    """11 January is a feast; at nine in the evening the doors are shut."""
    daily = asked("FREQ=DAILY;COUNT=7", capacity=20)
    assert search(Resource.objects.all(), daily, RESIDENT)[0].missing == [TUESDAY + timedelta(days=6)]
    assert search(Resource.objects.all(), daily, STAFF)[0].missing == []
    evening = asked(starts=TUESDAY.replace(hour=19), capacity=20)
    assert codes(evening) == [("Jardin", 1)]
    assert codes(evening, STAFF) == [("Jardin", 0)]
