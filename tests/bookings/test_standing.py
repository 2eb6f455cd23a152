"""Rules that the process keeps: never yesterday's, and never those of somebody who has not committed."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from fondouk.bookings.models import BookingRule, PriceRule
from fondouk.bookings.queries import standing
from fondouk.spaces.enums import RateUnit
from tests.factories import ResourceRateFactory, since
from tests.factories.bookings import room

DAY = date(2027, 1, 5)


def rules() -> list[int]:
    return [rule.pk for rule in standing().rules_on(DAY)]


@pytest.mark.django_db
def test_one_statement_as_long_as_nothing_changes(django_assert_num_queries: Any) -> None:
    BookingRule.objects.create(period=since(), needs_approval=True)
    standing()
    with django_assert_num_queries(1):
        first = standing()
    with django_assert_num_queries(1):
        assert standing() is first


@pytest.mark.django_db
def test_every_change_is_seen() -> None:
    rule = BookingRule.objects.create(period=since(), step_minutes=30)
    assert rules() == [rule.pk]
    BookingRule.objects.filter(pk=rule.pk).update(step_minutes=60)
    assert standing().rules_on(DAY)[0].step_minutes == 60
    other = BookingRule.objects.create(period=since(), audience="visitor")
    assert set(rules()) == {rule.pk, other.pk}
    rule.delete()
    assert rules() == [other.pk]
    place = room()
    rate = ResourceRateFactory(resource=place, unit=RateUnit.HOUR)
    assert [one.pk for one in standing().rates_of(place.pk, rate.period.lower, rate.period.lower)] == [
        rate.pk
    ]
    assert standing().prices_between(DAY, DAY) == list(PriceRule.objects.all())


@pytest.mark.django_db
def test_what_is_taken_back_was_never_said() -> None:
    assert rules() == []
    try:
        with transaction.atomic():
            BookingRule.objects.create(period=since(), step_minutes=30)
            assert len(rules()) == 1
            raise RuntimeError
    except RuntimeError:
        pass
    assert rules() == []
    rule = BookingRule.objects.create(period=since(), step_minutes=30)
    assert rules() == [rule.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_nobodys_business() -> None:
    """Two write at once and commit in the order opposite to that of their keys: each step is seen as it is."""
    assert rules() == []
    written, done, seen = threading.Event(), threading.Event(), []

    def write_and_wait() -> None:
        try:
            with transaction.atomic():
                BookingRule.objects.create(period=since(), step_minutes=30)
                seen.append(len(rules()))
                written.set()
                done.wait(20)
        finally:
            connection.close()

    slow = threading.Thread(target=write_and_wait)
    slow.start()
    assert written.wait(20)
    assert rules() == []
    quick = BookingRule.objects.create(period=since(), audience="visitor")
    assert rules() == [quick.pk]
    done.set()
    slow.join(20)
    assert (len(rules()), seen) == (2, [1])
