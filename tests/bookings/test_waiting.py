"""The waiting list: what is taken is waited for, and whoever has waited longest gets what comes free."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fondouk.bookings.actions import book, cancel, change_end, lapse, move, promote_all, restore
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.wishes import Unavailable
from fondouk.mail.models import Message
from fondouk.spaces.actions import lift_closure
from fondouk.spaces.models import Claim, Resource
from tests.factories import PartFactory, PersonFactory, SiteFactory, hosted_company, owner_of
from tests.factories.bookings import TUESDAY, booked, closed, room, wish
from tests.threads import errors, together

STAFF = Audience.STAFF
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def waits(place: Resource, **values: Any) -> Booking:
    """Booked where it is free, waited for where it is not."""
    said = wish(place, **values)
    return book(said, audience=STAFF, by=said.organiser, wait=[span.recurs_at for span in said.spans()])


def statuses(booking: Booking) -> list[str]:
    return list(booking.occurrences.order_by("starts").values_list("status", flat=True))


@pytest.mark.django_db
class TestWaiting:
    def test_holds_nothing(self) -> None:
        place = room()
        booked(place)
        assert statuses(waits(place)) == [Status.WAITING]
        assert Claim.objects.count() == 1

    def test_what_is_free_is_booked(self) -> None:
        place = room()
        booked(place)
        assert statuses(waits(place, rule="FREQ=WEEKLY;COUNT=3")) == [
            Status.WAITING,
            Status.BOOKED,
            Status.BOOKED,
        ]

    def test_only_what_is_named_waits(self) -> None:
        place = room()
        booked(place, rule="FREQ=WEEKLY;COUNT=2")
        said = wish(place, rule="FREQ=WEEKLY;COUNT=2")
        with pytest.raises(Unavailable):
            book(said, audience=STAFF, by=said.organiser, wait=[TUESDAY])
        assert Booking.objects.count() == 1

    def test_the_first_in_line_gets_what_comes_free(self) -> None:
        place = room()
        first = booked(place)
        second, third = waits(place), waits(place)
        cancel(first.occurrences.get(), by=first.organiser)
        assert (statuses(second), statuses(third)) == ([Status.BOOKED], [Status.WAITING])
        assert second.occurrences.get().sequence == 1
        cancel(second.occurrences.get(), by=second.organiser)
        assert statuses(third) == [Status.BOOKED]

    def test_the_next_one_when_the_first_needs_more_than_has_come_free(self) -> None:
        place = room()
        first, other = booked(place), booked(place, starts=TUESDAY + HOUR)
        longer, shorter = waits(place, hours=2), waits(place)
        cancel(first.occurrences.get(), by=first.organiser)
        assert (statuses(longer), statuses(shorter)) == ([Status.WAITING], [Status.BOOKED])
        cancel(other.occurrences.get(), by=other.organiser)
        cancel(shorter.occurrences.get(), by=shorter.organiser)
        assert statuses(longer) == [Status.BOOKED]

    @pytest.mark.parametrize("how", ["moved", "shortened", "lifted"])
    def test_however_it_comes_free(self, how: str) -> None:
        place = room()
        if how == "lifted":
            closure = closed(place)
            waiting = waits(place)
            lift_closure(closure, by=None)
        else:
            holder = booked(place, starts=TUESDAY - HOUR, hours=2)
            waiting, one = waits(place), holder.occurrences.get()
            if how == "moved":
                move(
                    one,
                    starts=TUESDAY + WEEK,
                    ends=TUESDAY + WEEK + HOUR,
                    audience=STAFF,
                    by=holder.organiser,
                )
            else:
                change_end(one, ends=TUESDAY, audience=STAFF, by=holder.organiser)
        assert statuses(waiting) == [Status.BOOKED]

    def test_a_room_of_two_parts_when_both_are_free(self) -> None:
        site = SiteFactory()
        a, b = PartFactory(site=site), PartFactory(site=site)
        one, other = booked(room(site=site, parts=[a])), booked(room(site=site, parts=[b]))
        waiting = waits(room(site=site, parts=[a, b]))
        cancel(one.occurrences.get(), by=one.organiser)
        assert statuses(waiting) == [Status.WAITING]
        cancel(other.occurrences.get(), by=other.organiser)
        assert statuses(waiting) == [Status.BOOKED]

    def test_it_is_told(self) -> None:
        place = room()
        first, person = booked(place), owner_of(hosted_company()).person
        waits(place, title="Comité", organiser=person)
        cancel(first.occurrences.get(), by=first.organiser)
        told = Message.objects.get()
        assert told.kind == "bookings.promoted"
        assert "Comité" in told.text

    def test_given_up_and_taken_back(self) -> None:
        place = room()
        holder = booked(place)
        waiting = waits(place)
        gone = cancel(waiting.occurrences.get(), by=waiting.organiser)
        restore(
            waiting,
            {one.pk: (one.was, one.sequence) for one in gone},
            audience=Audience.STAFF,
            by=waiting.organiser,
        )
        assert statuses(waiting) == [Status.WAITING]
        cancel(holder.occurrences.get(), by=holder.organiser)
        assert statuses(waiting) == [Status.BOOKED]

    def test_moved_to_a_time_that_is_free_it_is_booked(self) -> None:
        place = room()
        booked(place)
        waiting = waits(place)
        move(
            waiting.occurrences.get(),
            starts=TUESDAY + HOUR,
            ends=TUESDAY + 2 * HOUR,
            audience=STAFF,
            by=waiting.organiser,
        )
        assert statuses(waiting) == [Status.BOOKED]

    def test_too_late(self) -> None:
        place = room()
        holder = booked(place)
        waiting = waits(place)
        one = waiting.occurrences.get()
        assert lapse(now=one.during.lower - HOUR) == 0
        assert lapse(now=one.during.lower) == 1
        cancel(holder.occurrences.get(), by=holder.organiser)
        assert statuses(waiting) == [Status.LAPSED]

    def test_what_was_left_is_found_again(self) -> None:
        place = room()
        booked(place)
        waiting = waits(place)
        Claim.objects.all().delete()  # as if nobody had announced it
        assert [one.booking for one in promote_all()] == [waiting]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_winner_of_what_comes_free(self) -> None:
        place = room()
        holder = booked(place)
        waiting = [waits(place, organiser=PersonFactory()) for _number in range(5)]
        one = holder.occurrences.get()
        acts: list[Any] = [lambda: cancel(one, by=holder.organiser)]
        acts += [lambda: booked(place) for _number in range(5)]
        acts += [lambda mine=mine: cancel(mine.occurrences.get(), by=mine.organiser) for mine in waiting[:2]]
        bad = [error for error in errors(together(*acts)) if not isinstance(error, Unavailable)]
        assert bad == []
        assert Occurrence.objects.booked().count() == 1
        assert Claim.objects.count() == 1

    def test_two_halves_that_come_free_at_once_are_had_whole(self) -> None:
        site = SiteFactory()
        a, b = PartFactory(site=site), PartFactory(site=site)
        halves = [booked(room(site=site, parts=[part])) for part in (a, b)]
        waiting = waits(room(site=site, parts=[a, b]))
        acts = [lambda one=one: cancel(one.occurrences.get(), by=one.organiser) for one in halves]
        assert errors(together(*acts)) == []
        promote_all()  # where each saw the other's half still held
        assert statuses(waiting) == [Status.BOOKED]

    def test_what_comes_free_while_somebody_puts_themselves_in_line(self) -> None:
        for _round in range(10):
            place = room()
            holder = booked(place)
            one = holder.occurrences.get()
            acts: list[Any] = [lambda one=one, who=holder.organiser: cancel(one, scope=Scope.THIS, by=who)]
            acts += [lambda place=place: waits(place)] * 2
            answers = together(*acts)
            assert errors(answers) == []
            assert Occurrence.objects.booked().filter(resource=place).count() == 1
