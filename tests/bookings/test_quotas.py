"""Quotas: so much a day, a week, a month; by company or person; also when somebody asks twice at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fondouk.bookings.actions import book, cancel, change_end, move
from fondouk.bookings.actions.limiting import begin_of, end_of
from fondouk.bookings.enums import Audience, QuotaPer, QuotaSpan
from fondouk.bookings.models import Booking, BookingRule, QuotaRule
from fondouk.bookings.wishes import Unavailable
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource
from tests.factories import CompanyFactory, PersonFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, room, wish
from tests.threads import together

RESIDENT, DOMICILED, STAFF = Audience.RESIDENT, Audience.DOMICILED, Audience.STAFF
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def quota(
    minutes: int, span: QuotaSpan = QuotaSpan.WEEK, per: QuotaPer = QuotaPer.COMPANY, **scope: Any
) -> QuotaRule:
    BookingRule.objects.get_or_create(within_hours=False, horizon_days=400, period=since())
    return QuotaRule.objects.create(most_minutes=minutes, span=span, per=per, period=since(), **scope)


def asked(
    company: Company | None = None,
    *,
    audience: Audience = RESIDENT,
    organiser: Person | None = None,
    skip: Any = (),
    place: Resource | None = None,
    **values: Any,
) -> Booking:
    said = wish(place, company=company, organiser=organiser, **values)
    return book(said, audience=audience, by=said.organiser, skip=skip)


@pytest.mark.django_db
class TestQuotas:
    def test_of_a_week_from_monday(self) -> None:
        quota(180)
        company = CompanyFactory()
        asked(company, hours=2)
        asked(company, starts=TUESDAY + 2 * DAY)
        with pytest.raises(Unavailable) as refused:
            asked(company, starts=TUESDAY + 5 * DAY)  # Sunday
        assert refused.value.clashes[0].reason == "quota"
        assert "3 h" in str(refused.value)
        asked(company, starts=TUESDAY + 6 * DAY)  # Monday
        asked(CompanyFactory(), hours=3)

    def test_the_dates_of_a_series_that_fit(self) -> None:
        quota(120, QuotaSpan.DAY)
        company = CompanyFactory()
        asked(company, hours=1.5)
        with pytest.raises(Unavailable) as refused:
            asked(company, rule="FREQ=WEEKLY;COUNT=3", starts=TUESDAY.replace(hour=14))
        over = [clash.span.recurs_at for clash in refused.value.clashes]
        assert over == [TUESDAY.replace(hour=14)]
        assert (
            asked(
                company, rule="FREQ=WEEKLY;COUNT=3", starts=TUESDAY.replace(hour=14), skip=over
            ).occurrences.count()
            == 2
        )

    def test_a_series_counts_against_itself(self) -> None:
        quota(180, QuotaSpan.MONTH)
        with pytest.raises(Unavailable) as refused:
            asked(CompanyFactory(), rule="FREQ=DAILY;COUNT=5")
        assert [clash.span.starts.day for clash in refused.value.clashes] == [8, 9]

    def test_of_a_person_whatever_the_company(self) -> None:
        quota(60, QuotaSpan.DAY, QuotaPer.PERSON)
        person = PersonFactory()
        asked(CompanyFactory(), organiser=person)
        with pytest.raises(Unavailable):
            asked(CompanyFactory(), organiser=person)

    def test_for_a_kind_and_a_site_only(self) -> None:
        site, company = SiteFactory(), CompanyFactory()
        quota(60, kind=SpaceKind.MEETING_ROOM, site=site)
        place = room(site=site)
        asked(company, place=place)
        asked(company, place=room(site=site, kind=SpaceKind.STUDIO), hours=5)
        asked(company, hours=5)
        with pytest.raises(Unavailable):
            asked(company, place=place, starts=TUESDAY + DAY)

    def test_not_for_the_staff_unless_it_is_named(self) -> None:
        quota(60)
        company = CompanyFactory()
        asked(company, audience=STAFF, hours=5)
        quota(60, audience=STAFF, span=QuotaSpan.DAY)
        with pytest.raises(Unavailable):
            asked(company, audience=STAFF, hours=5, starts=TUESDAY + DAY)

    def test_of_hosted_companies_holds_for_those_without_a_space_too(self) -> None:
        quota(60, audience=RESIDENT)
        with pytest.raises(Unavailable):
            asked(CompanyFactory(), audience=DOMICILED, hours=2)

    def test_what_is_cancelled_does_not_count_and_what_moves_counts_once(self) -> None:
        quota(120)
        company = CompanyFactory()
        booking = asked(company, hours=2)
        one = booking.occurrences.get()
        move(one, starts=TUESDAY + HOUR, ends=TUESDAY + 3 * HOUR, audience=RESIDENT, by=booking.organiser)
        with pytest.raises(Unavailable):
            change_end(one, ends=TUESDAY + 4 * HOUR, audience=RESIDENT, by=booking.organiser)
        cancel(one, by=booking.organiser)
        assert asked(company, hours=2).pk

    @pytest.mark.parametrize(
        ("span", "begin", "end"),
        [
            (QuotaSpan.DAY, date(2027, 1, 31), date(2027, 2, 1)),
            (QuotaSpan.WEEK, date(2027, 1, 25), date(2027, 2, 1)),
            (QuotaSpan.MONTH, date(2027, 1, 1), date(2027, 2, 1)),
        ],
    )
    def test_where_a_span_begins_and_ends(self, span: QuotaSpan, begin: date, end: date) -> None:
        assert begin_of(span, date(2027, 1, 31)) == begin
        assert end_of(span, begin) == end


@pytest.mark.django_db(transaction=True)
def test_two_hours_are_two_hours_however_many_ask_at_once() -> None:
    quota(120)
    company, rooms = CompanyFactory(), [room() for _number in range(8)]
    answers = together(*[lambda place=place: asked(company, place=place) for place in rooms])
    assert sum(isinstance(one, Booking) for one in answers) == 2
    assert sum(isinstance(one, Unavailable) for one in answers) == 6
