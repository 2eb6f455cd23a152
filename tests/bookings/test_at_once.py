"""Many at once on a real database: one winner a slot, no part held twice, no answer but those that are foreseen."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from fondouk.bookings.actions import book, cancel, change_end, decide, move
from fondouk.bookings.enums import Audience, PriceUnit, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Occurrence, PriceRule
from fondouk.bookings.wishes import KeyReused, Stale, TooLate, Unavailable
from fondouk.companies.models import Company
from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Lot
from fondouk.people.models import Person
from fondouk.spaces.models import Claim, Resource
from tests.factories import CompanyFactory, PartFactory, PersonFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, booked, room, wish
from tests.factories.credits import lot
from tests.threads import errors, together

pytestmark = pytest.mark.django_db(transaction=True)
FORESEEN = (Unavailable, ValidationError, TooLate, Stale, KeyReused)
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
THREADS = 50


def check_calendar() -> None:
    """Whoever is booked holds every part for its whole time, nobody else holds anything, and no two touch."""
    wanted = {
        (one.pk, part.pk, one.during.lower, one.during.upper)
        for one in Occurrence.objects.booked().prefetch_related("resource__parts")
        for part in one.resource.parts.all()
    }
    held = Claim.objects.filter(kind="booking")
    assert {(one.owner, one.part_id, one.start, one.end) for one in held} == wanted
    assert held.count() == len(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM spaces_claim a JOIN spaces_claim b"
            " ON a.id < b.id AND a.part_id = b.part_id AND a.during && b.during"
        )
        assert cursor.fetchone() == (0,)


def check_credits() -> None:
    """What is set aside is what booked times say, and what is left of each lot the sum of its entries."""
    aside = {
        one.pk: one.credits for one in Occurrence.objects.filter(credits__gt=0).exclude(status=Status.WAITING)
    }
    held: dict[int, Decimal] = {}
    for entry in Entry.objects.exclude(hold=None):
        sign = 1 if entry.kind == EntryKind.HELD else -1
        held[entry.hold_id] = held.get(entry.hold_id, Decimal(0)) + sign * entry.quantity
    by_hold = dict(Occurrence.objects.exclude(hold=None).values_list("hold", "pk"))
    assert {by_hold[key]: quantity for key, quantity in held.items() if quantity} == aside
    assert not Occurrence.objects.filter(credits__gt=0).exclude(status=Status.BOOKED).exists()
    for one in Lot.objects.all():
        assert one.remaining + sum(held_of(one).values()) == 500


def held_of(one: Lot) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for entry in one.entries.exclude(hold=None):
        sign = 1 if entry.kind == EntryKind.HELD else -1
        found[entry.hold_id] = found.get(entry.hold_id, Decimal(0)) + sign * entry.quantity
    return found


def cancel_all(person: Person) -> None:
    while (one := Occurrence.objects.live().first()) is not None:
        cancel(one, scope=Scope.ALL, by=person)


def suite() -> list[Resource]:
    """Majorelle A, B, C, A+B and A+B+C: five rooms on three parts of one floor."""
    site = SiteFactory()
    a, b, c = (PartFactory(site=site) for _number in range(3))
    return [room(site=site, parts=parts) for parts in ([a], [b], [c], [a, b], [a, b, c])]


def test_fifty_want_one_slot() -> None:
    rooms, people = suite(), [PersonFactory() for _number in range(50)]
    acts = [
        lambda number=number, person=person: booked(rooms[3 + number % 2], organiser=person)
        for number, person in enumerate(people)
    ]
    outcomes = together(*acts)
    assert [type(error) for error in errors(outcomes)] == [Unavailable] * 49
    check_calendar()


def test_one_request_sent_by_an_impatient_hand() -> None:
    said = wish()
    outcomes = together(
        *(lambda: book(said, audience=Audience.STAFF, by=said.organiser, key="k") for _number in range(12))
    )
    assert errors(outcomes) == []
    assert {booking.pk for booking in outcomes} == {Booking.objects.get().pk}
    check_calendar()


def test_two_requests_that_exclude_each_other_are_never_both_granted() -> None:
    rooms, person = suite(), PersonFactory()
    BookingRule.objects.create(period=since(), needs_approval=True)
    asked = [booked(place) for place in rooms for _number in range(3)]
    outcomes = together(
        *(lambda booking=booking: decide(booking, is_granted=True, by=person) for booking in asked)
    )
    assert {type(error) for error in errors(outcomes)} == {Unavailable}
    assert Occurrence.objects.booked().exists()
    check_calendar()


def test_series_that_cross_each_other() -> None:
    rooms, person = suite(), PersonFactory()
    outcomes = together(
        *(
            lambda number=number: booked(
                rooms[number % 5],
                starts=TUESDAY + (number % 4) * QUARTER,
                rule="FREQ=WEEKLY;COUNT=20",
                organiser=person,
            )
            for number in range(20)
        )
    )
    assert {type(error) for error in errors(outcomes)} == {Unavailable}
    check_calendar()


def test_two_rooms_change_places_with_each_other() -> None:
    """A to B and B to A at the same moment: none can, whoever comes first, and none is lost."""
    rooms, person = suite(), PersonFactory()
    first, second = (booked(place).occurrences.get() for place in rooms[:2])

    def swap(one: Occurrence, place: Resource) -> Callable[[], Any]:
        return lambda: move(
            one, starts=one.starts, ends=one.ends, resource=place, audience=Audience.STAFF, by=person
        )

    outcomes = together(swap(first, rooms[1]), swap(second, rooms[0]))
    assert {type(error) for error in errors(outcomes)} <= {Unavailable}
    check_calendar()


class Visitor:
    """Somebody who books, moves, cancels and grants at random, and counts what came of it."""

    def __init__(self, seed: int, rooms: list[Resource], person: Person, payers: list[Company]) -> None:
        self.payers = payers
        self.chance = random.Random(seed)
        self.rooms, self.person = rooms, person
        self.won = self.lost = 0

    def visit(self, attempts: int) -> Visitor:
        deeds = [self.book] * 4 + [
            self.series,
            self.move,
            self.cancel,
            self.cancel,
            self.grant,
            self.wait,
            self.lengthen,
        ]
        for _number in range(attempts):
            try:
                self.chance.choice(deeds)()
                self.won += 1
            except FORESEEN:
                self.lost += 1
        return self

    def some(self, **conditions: Any) -> Occurrence:
        found = list(Occurrence.objects.filter(**conditions).order_by("?").select_related("resource")[:1])
        if not found:
            raise TooLate("nothing")
        return found[0]

    def time(self) -> Any:
        return TUESDAY + self.chance.randrange(40) * QUARTER

    def book(self) -> None:
        starts = self.time()
        booked(
            self.chance.choice(self.rooms),
            starts=starts,
            hours=self.chance.choice((0.25, 1, 2)),
            organiser=self.person,
            company=self.chance.choice(self.payers),
        )

    def series(self) -> None:
        booked(
            self.chance.choice(self.rooms),
            starts=self.time(),
            rule="FREQ=DAILY;COUNT=5",
            organiser=self.person,
            company=self.chance.choice(self.payers),
        )

    def move(self) -> None:
        one = self.some(status="booked")
        starts = self.time()
        scope = self.chance.choice(list(Scope))
        place = self.chance.choice(self.rooms)
        move(
            one, starts=starts, ends=starts + HOUR, resource=place, scope=scope, audience=Audience.STAFF, by=self.person
        )  # fmt: skip

    def cancel(self) -> None:
        cancel(self.some(status="booked"), scope=self.chance.choice(list(Scope)), by=self.person)

    def wait(self) -> None:
        starts = self.time()
        said = wish(
            self.chance.choice(self.rooms),
            starts=starts,
            organiser=self.person,
            company=self.chance.choice(self.payers),
        )
        book(said, audience=Audience.STAFF, by=self.person, wait=[starts])

    def lengthen(self) -> None:
        one = self.some(status="booked")
        change_end(one, ends=one.ends + QUARTER, audience=Audience.STAFF, by=self.person)

    def grant(self) -> None:
        decide(self.some(status="requested").booking, is_granted=self.chance.random() < 0.8, by=self.person)


@pytest.mark.parametrize("attempts", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_busy_morning(attempts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every room and quarter of an hour is fought over, and the credits of two companies: nothing else than a clear answer,
    a calendar that is whole, and a ledger that adds up.
    """
    monkeypatch.setattr("tests.threads.PATIENCE", 7200)
    rooms, person = suite(), PersonFactory()
    BookingRule.objects.create(period=since(), resource=rooms[2], needs_approval=True)
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=10, period=since())
    payers = [CompanyFactory(), CompanyFactory()]
    for payer in payers:
        for until in (date(2027, 1, 9), None):
            lot(payer, 500, until=until)
    visitors = [Visitor(seed, rooms, person, payers) for seed in range(THREADS)]
    outcomes = together(*(lambda one=one: one.visit(attempts // THREADS) for one in visitors))
    assert errors(outcomes) == []
    assert sum(one.won for one in visitors) > attempts // 20
    assert sum(one.lost for one in visitors) > attempts // 20
    check_calendar()
    check_credits()
    cancel_all(person)
    check_credits()
    assert {one.remaining for one in Lot.objects.all()} == {500}
