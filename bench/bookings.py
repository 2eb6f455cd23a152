"""Availability and booking with many bookings there already: `python -m bench bookings`, about six minutes; with `--long`
also ten million, about forty.

Rooms and occurrences are written by SQL into a database of their own, as the actions would have left them: in each of 500
rooms, spread over 18 months, or over as many more years before as a million in 18 months need. Growth is read from the
rows: availability should stay nearly flat.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.database import database

ROOMS = 500
SCALES = (10_000, 100_000, 1_000_000)
LONG = 10_000_000
FULL = 1_000_000
"""So many at most in the 18 months; of more, the others are history."""
START = datetime(2026, 12, 1, tzinfo=UTC)
FILLED = 520
"""Days; those that follow, within the horizon of 18 months, are for what is booked here."""
ROUNDS = 25
"""How often each is done."""
FILL = """\

WITH b AS (
  INSERT INTO bookings_booking (resource_id, organiser_id, title, is_private, note, starts, ends, zone, rule, uid,
    made_by_id, made_at, request_digest)
  SELECT r.id, %(person)s, 'Réunion', false, '', at, at + interval '50 minutes', 'Africa/Casablanca', '', gen_random_uuid(),
    %(person)s, now(), ''
  FROM spaces_resource r, generate_series(0, %(each)s - 1) n,
    LATERAL (SELECT %(since)s::timestamp + n * (interval '%(days)s days' / %(each)s) AS at) t
  RETURNING id, resource_id, starts, ends
), o AS (
  INSERT INTO bookings_occurrence (booking_id, recurs_at, resource_id, starts, ends, during, zones, setup_minutes,
    cleanup_minutes, status, sequence, grace_minutes, credits)
  SELECT id, starts, resource_id, starts, ends, tstzrange(starts::timestamptz, ends::timestamptz, '[)'), 'bench',
    0, 0, 'booked', 0, 0, 0 FROM b
  RETURNING id, resource_id, during
)
INSERT INTO spaces_claim (part_id, during, kind, owner, resource_id, label, zones)
SELECT p.part_id, o.during, 'booking', o.id, o.resource_id, 'Réunion', 'bench'
FROM o JOIN spaces_resourcepart p USING (resource_id)
"""


def run(*, is_long: bool = False) -> list[dict[str, Any]]:
    """One row for each number of occurrences; medians in milliseconds."""
    return [measured(scale) for scale in (*SCALES, *([LONG] if is_long else []))]


def measured(scale: int) -> dict[str, Any]:
    from bench.calendar_http import measured as measured_by_http
    from bench.pages import ruler

    with database():
        from django.db import connection

        person = _house()
        with connection.cursor() as cursor:
            days = FILLED * max(1, scale // FULL)
            since = START + timedelta(days=FILLED - days)
            said = {"person": person.pk, "each": scale // ROOMS, "days": days, "since": f"{since:%Y-%m-%d}"}
            cursor.execute(FILL, said)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        from fondouk.sites.models import Site
        from fondouk.spaces.models import Resource

        site = Site.objects.get()
        rooms = list(Resource.objects.order_by("pk"))
        after = START.date() + timedelta(days=FILLED + 2)
        found = {
            "Occurrences": f"{scale:,}",
            **_times(person),
            **measured_by_http(site, person, rooms, after),
        }
        return {**found, "ruler": ruler()}


def _house() -> Any:
    """One site with 500 rooms for eight."""
    from fondouk.people.models import Person
    from fondouk.sites.models import Site
    from fondouk.spaces.models import Part, Resource, ResourcePart

    site = Site.objects.create(code="bench", name="Bench", city="Casablanca")
    parts = Part.objects.bulk_create(Part(site=site, code=f"R{number:03}") for number in range(ROOMS))
    # Forty of them have another kind, so that the planning shows forty at once.
    rooms = Resource.objects.bulk_create(
        Resource(
            site=site,
            code=f"R{number:03}",
            kind="training_room" if number < 40 else "meeting_room",
            capacity=8,
        )
        for number in range(ROOMS)
    )
    ResourcePart.objects.bulk_create(
        ResourcePart(resource=one, part=part) for one, part in zip(rooms, parts, strict=True)
    )
    return Person.objects.create(name="Bench")


def _times(person: Any) -> dict[str, float]:
    from fondouk.bookings.actions import book, cancel
    from fondouk.bookings.enums import Audience
    from fondouk.bookings.queries import Search, search
    from fondouk.bookings.wishes import Unavailable, Wish
    from fondouk.lib.recurrence import parse_rule
    from fondouk.spaces.models import Resource
    from fondouk.spaces.queries import blocked

    keys = list(Resource.objects.values_list("pk", flat=True))
    rooms = list(Resource.objects.select_related("site"))
    term = parse_rule("FREQ=WEEKLY;COUNT=52")
    made: list[Any] = []

    def slots(number: int, weeks: int) -> list[tuple[datetime, datetime]]:
        first = START + timedelta(days=number % 150, hours=10)
        return [
            (first + timedelta(weeks=week), first + timedelta(weeks=week, hours=2)) for week in range(weeks)
        ]

    def look(number: int, rule: Any) -> None:
        first = (START + timedelta(days=number % 150, hours=10)).replace(tzinfo=None)
        search(Resource.objects.all(), Search(first, first + timedelta(hours=2), rule), Audience.STAFF)

    def take(number: int) -> None:
        """The first free quarter of an hour from there on."""
        starts = (START + timedelta(days=30 + number, minutes=15)).replace(tzinfo=None)
        for step in range(200):
            first = starts + step * timedelta(minutes=15)
            said = Wish(rooms[number], first, first + timedelta(minutes=15), "Bench", person)
            try:
                made.append(book(said, audience=Audience.STAFF, by=person))
                return
            except Unavailable:
                continue

    return {
        "1 slot, database": _median(lambda number: blocked(keys, slots(number, 1))),
        "52 weeks, database": _median(lambda number: blocked(keys, slots(number, 52))),
        "1 slot, search": _median(lambda number: look(number, None)),
        "52 weeks, search": _median(lambda number: look(number, term)),
        "booking": _median(take),
        "cancelling": _median(lambda number: cancel(made[number].occurrences.get(), by=person)),
    }


def _median(act: Callable[[int], object]) -> float:
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        act(number)
        times.append(time.perf_counter() - start)
    return round(statistics.median(times) * 1000, 1)
