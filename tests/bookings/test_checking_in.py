"""Saying that one is there; and rooms that nobody has come to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from fondouk.audit.models import Entry
from fondouk.bookings.actions import cancel, check_in, move, release_missed
from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.models import BookingRule, Cancellation, CheckIn, Occurrence
from fondouk.bookings.wishes import TooLate
from fondouk.spaces.models import Claim
from tests.factories import since
from tests.factories.bookings import booked, room
from tests.threads import together

MINUTE = timedelta(minutes=1)


def asked_to(grace: int = 15) -> Occurrence:
    BookingRule.objects.create(grace_minutes=grace, period=since())
    return booked(room()).occurrences.get()


@pytest.mark.django_db
class TestCheckingIn:
    def test_once_from_a_quarter_of_an_hour_before(self) -> None:
        one = asked_to()
        with pytest.raises(ValidationError):
            check_in(one, by=None, now=one.during.lower - 16 * MINUTE)
        first = check_in(one, by=one.booking.organiser, now=one.during.lower - 15 * MINUTE)
        assert check_in(one, by=None, now=one.during.lower) == first
        assert Entry.objects.filter(verb="bookings.checked_in").count() == 1
        assert release_missed(now=one.during.lower + 30 * MINUTE) == []

    def test_not_for_what_is_over_or_cancelled(self) -> None:
        one = asked_to()
        with pytest.raises(TooLate):
            check_in(one, by=None, now=one.during.upper)
        cancel(one, by=one.booking.organiser)
        with pytest.raises(TooLate):
            check_in(one, by=None, now=one.during.lower)

    def test_it_is_for_the_time_that_it_was_said_for(self) -> None:
        one = asked_to()
        check_in(one, by=None, now=one.during.lower - 5 * MINUTE)
        later = one.starts + timedelta(days=1)
        move(
            one,
            starts=later,
            ends=later + timedelta(hours=1),
            audience=Audience.STAFF,
            by=one.booking.organiser,
        )
        assert not CheckIn.objects.exists()

    def test_a_door_without_a_network_tells_it_later(self) -> None:
        one = asked_to()
        came = one.during.lower + 2 * MINUTE
        assert check_in(one, by=None, at=came, now=one.during.upper + 90 * MINUTE).at == came

    def test_nobody_comes_from_the_future(self) -> None:
        one = asked_to()
        now = one.during.lower
        assert check_in(one, by=None, at=now + 30 * MINUTE, now=now).at == now


@pytest.mark.django_db
class TestMissed:
    def test_the_room_is_free_again(self) -> None:
        one = asked_to()
        assert release_missed(now=one.during.lower + 14 * MINUTE) == []
        (missed,) = release_missed(now=one.during.lower + 15 * MINUTE)
        assert (missed.pk, missed.status) == (one.pk, Status.MISSED)
        assert not Claim.objects.exists()
        with pytest.raises(TooLate):
            check_in(one, by=None, now=one.during.lower + 16 * MINUTE)

    def test_nobody_asks_where_no_rule_does(self) -> None:
        one = booked().occurrences.get()
        assert release_missed(now=one.during.lower + 59 * MINUTE) == []

    def test_the_grace_is_that_of_the_day_it_was_booked(self) -> None:
        one = asked_to(30)
        BookingRule.objects.update(grace_minutes=5)
        assert release_missed(now=one.during.lower + 10 * MINUTE) == []
        assert len(release_missed(now=one.during.lower + 30 * MINUTE)) == 1


@pytest.mark.django_db(transaction=True)
def test_somebody_comes_at_the_last_moment() -> None:
    one = asked_to()
    at = one.during.lower + 15 * MINUTE
    for _round in range(10):
        Occurrence.objects.filter(pk=one.pk).update(status=Status.BOOKED)
        CheckIn.objects.all().delete()
        Cancellation.objects.all().delete()
        came, missed = together(lambda: check_in(one, by=None, now=at), lambda: release_missed(now=at))
        assert isinstance(came, TooLate) == bool(missed)
        assert CheckIn.objects.exists() != bool(missed)
