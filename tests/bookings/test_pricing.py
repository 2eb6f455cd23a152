"""What a time costs, and why: the most specific rule for each stretch, tiers, caps, shares, the space's own rate."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Audience, PriceUnit, Segment
from fondouk.bookings.models import Occurrence, PriceRule
from fondouk.bookings.pricing import Price
from fondouk.bookings.queries.prices import prices, quote, segment_of
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import PriceChanged, Span
from fondouk.companies.enums import Kind, Mode
from fondouk.companies.models import Company, CompanyKind, Residency
from fondouk.spaces.enums import RateUnit
from fondouk.spaces.models import Resource, ResourceRate
from tests.factories import CompanyFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, booked, room, wish

pytestmark = pytest.mark.django_db
HOUR, DAY, ONCE, SHARE = PriceUnit.HOUR, PriceUnit.DAY, PriceUnit.ONCE, PriceUnit.SHARE
DAYS, WEEKEND = 0b11111, 0b1100000


def company(kind: Kind | None = Kind.STARTUP, mode: Mode | None = Mode.OFFICE) -> Company:
    found = CompanyFactory()
    if kind:
        CompanyKind.objects.create(company=found, kind=kind, period=since())
    if mode:
        Residency.objects.create(company=found, site=SiteFactory(), mode=mode, period=since())
    return found  # type: ignore[no-any-return]


def rated(hour: Any = None, day: Any = None, **values: Any) -> Resource:
    found = room(**values)
    for unit, amount in ((RateUnit.HOUR, hour), (RateUnit.DAY, day)):
        if amount is not None:
            ResourceRate.objects.create(resource=found, unit=unit, amount=amount, period=since())
    return found


def rule(unit: PriceUnit, amount: Any, **values: Any) -> PriceRule:
    return PriceRule.objects.create(unit=unit, amount=amount, **{"period": since(), **values})


def price(
    place: Resource, payer: Company | None, *, hours: float = 1, starts: datetime = TUESDAY
) -> Price | None:
    span = Span.of(starts, starts, starts + timedelta(hours=hours), "Africa/Casablanca")
    return prices(place, payer.pk if payer else None, Terms(), [span])[0]


def amount(place: Resource, payer: Company | None, **options: Any) -> Decimal | None:
    found = price(place, payer, **options)
    return found and found.amount


class TestOwnRate:
    def test_by_the_hour_and_never_more_than_by_the_day(self) -> None:
        place, payer = rated(100, 450), company()
        assert [amount(place, payer, hours=hours) for hours in (1, 1.5, 4.5, 5, 9)] == [
            100,
            150,
            450,
            450,
            450,
        ]
        found = price(place, payer, hours=5)
        assert found is not None
        assert (found.lines[0].unit, found.lines[0].cap) == (HOUR, 450)

    def test_by_the_day_only(self) -> None:
        place, payer = rated(day=1200), company()
        assert amount(place, payer, hours=2) == 1200
        assert amount(place, payer, hours=48) == 3600  # Tuesday at ten to Thursday at ten: three days begun

    def test_nothing_is_asked_where_nothing_is_said(self) -> None:
        assert price(room(), company()) is None

    def test_the_park_does_not_pay_itself(self) -> None:
        assert price(rated(100), None) is None

    def test_the_rate_of_that_day(self) -> None:
        place = room()
        for period, hourly in (
            (DateRange(None, date(2027, 1, 6)), 100),
            (DateRange(date(2027, 1, 6), None), 120),
        ):
            ResourceRate.objects.create(resource=place, unit=RateUnit.HOUR, amount=hourly, period=period)
        payer = company()
        assert amount(place, payer) == 100
        assert amount(place, payer, starts=TUESDAY + timedelta(days=1)) == 120
        assert (
            amount(place, payer, starts=TUESDAY.replace(hour=23), hours=2) == 220
        )  # over midnight, an hour each


class TestMostSpecific:
    def test_a_space_before_a_kind_before_a_site_before_all(self) -> None:
        place, payer = rated(100), company()
        expected = []
        for number, scope in enumerate(
            (
                {},
                {"site": place.site},
                {"kind": place.kind},
                {"kind": place.kind, "site": place.site},
                {"resource": place},
            )
        ):
            rule(HOUR, 10 + number, **scope)
            expected.append(amount(place, payer))
        assert expected == [10, 11, 12, 13, 14]

    def test_a_segment_before_everybody_of_the_same_scope(self) -> None:
        place = rated(100)
        rule(HOUR, 80)
        rule(HOUR, 50, segment=Segment.STARTUP)
        assert amount(place, company()) == 50
        assert amount(place, company(Kind.SME)) == 80

    def test_an_evening_is_cut_out_of_a_day(self) -> None:
        place, payer = rated(100), company()
        rule(HOUR, 60, from_minute=18 * 60, name="Soirée")
        found = price(place, payer, starts=TUESDAY.replace(hour=16), hours=4)
        assert found is not None
        assert [(line.name, line.minutes, line.total) for line in found.lines] == [
            ("", 120, 200),
            ("Soirée", 120, 120),
        ]
        assert (found.lines[1].starts.hour, found.lines[1].ends.hour) == (18, 20)

    def test_days_of_the_week(self) -> None:
        place, payer = rated(100), company()
        rule(HOUR, 150, weekdays=WEEKEND)
        assert amount(place, payer) == 100
        assert amount(place, payer, starts=datetime(2027, 1, 9, 10)) == 150  # noqa: DTZ001
        # From Friday at 22 to Saturday at 2.
        assert amount(place, payer, starts=datetime(2027, 1, 8, 22), hours=4) == 500  # noqa: DTZ001

    def test_the_longest_tier_that_is_reached(self) -> None:
        place, payer = rated(100), company()
        rule(ONCE, 300, at_least_minutes=4 * 60, name="Demi-journée")
        rule(ONCE, 500, at_least_minutes=8 * 60, name="Journée")
        assert [amount(place, payer, hours=hours) for hours in (3, 4, 7.75, 8, 12)] == [
            300,
            300,
            300,
            500,
            500,
        ]

    def test_two_that_are_as_specific_the_lower(self) -> None:
        place, payer = rated(100), company()
        rule(HOUR, 70, from_minute=9 * 60, to_minute=12 * 60)
        rule(HOUR, 60, from_minute=10 * 60, to_minute=13 * 60)
        assert amount(place, payer) == 60

    def test_only_on_its_days(self) -> None:
        place, payer = rated(100), company()
        rule(HOUR, 10, period=DateRange(None, date(2027, 1, 5)))
        assert amount(place, payer) == 100


class TestUnits:
    def test_a_share_of_the_own_rate(self) -> None:
        place, payer = rated(100, 450), company()
        rule(SHARE, 50, segment=Segment.STARTUP)
        assert [amount(place, payer, hours=hours) for hours in (1, 9)] == [50, 225]
        assert amount(place, company(Kind.SME)) == 100

    def test_nothing_for_some(self) -> None:
        place = rated(100)
        rule(HOUR, 0, segment=Segment.STARTUP)
        found = price(place, company())
        assert found is not None
        assert (found.amount, len(found.lines)) == (0, 1)

    def test_a_cap_is_for_each_day(self) -> None:
        place, payer = room(), company()
        rule(HOUR, 100, cap=300)
        assert amount(place, payer, hours=8) == 300
        assert amount(place, payer, starts=TUESDAY.replace(hour=20), hours=8) == 600

    def test_once_however_many_days(self) -> None:
        place, payer = room(), company()
        rule(ONCE, 800)
        assert amount(place, payer, hours=72) == 800

    def test_rounded_by_line_half_up(self) -> None:
        place, payer = rated("33.33"), company()
        assert amount(place, payer, hours=0.25) == Decimal("8.33")  # 8.3325
        rule(HOUR, "0.10", name="Essai")
        assert amount(place, payer, hours=0.25) == Decimal("0.03")  # 0.025


class TestSegments:
    @pytest.mark.parametrize(
        ("kind", "mode", "expected"),
        [
            (Kind.STARTUP, Mode.OFFICE, Segment.STARTUP),
            (Kind.PROJECT, Mode.DESK, Segment.STARTUP),
            (Kind.SME, Mode.OFFICE, Segment.SME),
            (None, Mode.OFFICE, Segment.HOSTED),
            (Kind.STARTUP, Mode.DOMICILED, Segment.DOMICILED),
            (Kind.BANK, None, Segment.PARTNER),
            (Kind.STARTUP, None, Segment.OUTSIDE),
            (None, None, Segment.OUTSIDE),
        ],
    )
    def test_of_a_company(self, kind: Kind | None, mode: Mode | None, expected: Segment) -> None:
        assert segment_of(company(kind, mode).pk, date(2027, 1, 5)) == expected


class TestFrozen:
    def test_on_every_time_of_a_series_with_what_explains_it(self) -> None:
        payer, said = company(), rule(HOUR, 80, name="Salles")
        booking = booked(room(), company=payer, rule="FREQ=WEEKLY;COUNT=3", hours=2)
        said.delete()
        rule(HOUR, 500)
        for one in booking.occurrences.all():
            assert one.price == 160
            assert one.cost is not None
            line = one.cost.lines[0]
            assert (line.name, line.minutes, line.amount, line.day) == ("Salles", 120, 80, one.starts.date())

    def test_nothing_is_booked_at_another_price_than_was_shown(self) -> None:
        rule(HOUR, 80)
        said = wish(company=company())
        with pytest.raises(PriceChanged) as changed:
            book(said, audience=Audience.STAFF, by=said.organiser, price_seen=Decimal(70))
        assert changed.value.total == 80
        assert not Occurrence.objects.exists()
        assert book(said, audience=Audience.STAFF, by=said.organiser, price_seen=Decimal(80)).pk

    def test_a_quote_adds_up_a_series(self) -> None:
        rule(HOUR, 80)
        said = wish(company=company(), rule="FREQ=WEEKLY;COUNT=3")
        found = quote(said.resource, said.company, Terms(), said.spans())
        assert (found.total, found.credits, found.to_pay, found.times) == (240, 0, 240, 3)


class TestForbidden:
    @pytest.mark.parametrize(
        "values",
        [
            {"amount": -1},
            {"amount": 10, "cap": -1},
            {"amount": 10, "from_minute": 600, "to_minute": 600},
            {"amount": 10, "to_minute": 1441},
            {"amount": 10, "weekdays": 0},
            {"amount": 10, "weekdays": 128},
            {"amount": 10, "segment": "friends"},
        ],
    )
    def test_by_the_database(self, values: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            rule(HOUR, **values)

    def test_two_for_the_same(self) -> None:
        rule(HOUR, 10, segment=Segment.SME)
        with pytest.raises(IntegrityError), transaction.atomic():
            rule(DAY, 20, segment=Segment.SME)
        rule(HOUR, 10, segment=Segment.SME, weekdays=DAYS)

    def test_a_negative_price_of_a_time(self) -> None:
        one = booked().occurrences.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Occurrence.objects.filter(pk=one.pk).update(price=-1, priced={})
        with pytest.raises(ValidationError):
            PriceRule(unit=HOUR, amount=-1, period=since()).validate_constraints()
