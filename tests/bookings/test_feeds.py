"""What a calendar program reads is what takes place: read back by a library that had no hand in writing it (vobject)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client

from fondouk.bookings.actions import book, cancel, make_feed, move, revoke_feed
from fondouk.bookings.enums import Audience, Scope
from fondouk.bookings.feeds import calendar_of
from fondouk.bookings.models import Booking, CalendarFeed, Occurrence
from tests.factories import SiteFactory, hosted_company, owner_of, staff
from tests.factories.bookings import TUESDAY, booked, room, wish
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
CASABLANCA = ZoneInfo("Africa/Casablanca")


def written(*bookings: Booking) -> str:
    rows = Booking.objects.filter(pk__in=[one.pk for one in bookings] or Booking.objects.values("pk"))
    rows = rows.select_related("resource__site").prefetch_related("occurrences__resource", "skipped")
    return calendar_of(rows, name="Test", host="parc.example", hides=lambda _one: False).decode()


def read_back(text: str) -> list[tuple[datetime, datetime, str]]:
    """Every time that takes place, in UTC with its place, as another library makes it out of rules and exceptions."""
    book = vobject.readOne(text)
    events = list(book.vevent_list)
    replaced = {
        (event.uid.value, event.recurrence_id.value.astimezone(UTC))
        for event in events
        if hasattr(event, "recurrence_id")
    }
    found = []
    for event in events:
        start, end = event.dtstart.value, event.dtend.value
        length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
        starts = [start]
        if event.rruleset is not None and hasattr(event, "rrule"):
            starts = [one.replace(tzinfo=CASABLANCA) for one in naive_set(event)]
        for one in starts:
            instant = one.astimezone(UTC)
            if hasattr(event, "recurrence_id") or (event.uid.value, instant) not in replaced:
                last = (one.replace(tzinfo=None) + length).replace(tzinfo=CASABLANCA).astimezone(UTC)
                found.append((instant, last, event.location.value))
    return sorted(found)


def naive_set(event: Any) -> list[datetime]:
    """vobject expands a rule on the clock of the wall, with its exceptions taken out."""
    return [one.replace(tzinfo=None) for one in event.getrruleset(addRDate=True)]


def taking_place() -> list[tuple[datetime, datetime, str]]:
    rows = Occurrence.objects.live().select_related("resource__site")
    return sorted(
        (one.during.lower, one.during.upper, f"{one.resource.code}, {one.resource.site.full_name}")
        for one in rows
    )


def test_a_single_booking() -> None:
    booking = booked(title="Comité; budget, 2027", note="Salle en U\nEau")
    text = written(booking)
    assert read_back(text) == taking_place()
    event = vobject.readOne(text).vevent
    assert event.summary.value == "Comité; budget, 2027"
    assert event.description.value == "Salle en U\nEau"
    assert event.uid.value == f"{booking.uid}@parc.example"


def test_a_series_with_what_was_moved_cancelled_and_left_out() -> None:
    atlas = room(code="Atlas")
    rif = room(site=atlas.site, code="Rif")
    by = staff("direction").person
    booked(atlas, starts=TUESDAY + timedelta(days=35), by=by, organiser=by)
    wanted = wish(atlas, rule="FREQ=WEEKLY;COUNT=10", title="Point")
    book(wanted, audience=Audience.STAFF, by=by, skip=[TUESDAY + timedelta(days=35)])
    series = Booking.objects.get(title="Point")
    times = list(series.occurrences.order_by("starts"))
    cancel(times[1], by=by)
    move(
        times[2], starts=times[2].starts + timedelta(hours=3), ends=times[2].ends + timedelta(hours=4),
        resource=rif, audience=Audience.STAFF, by=by,
    )  # fmt: skip
    text = written()
    assert read_back(text) == taking_place()
    assert len(read_back(text)) == 9
    assert "RECURRENCE-ID" in text and "EXDATE" in text and "BEGIN:VTIMEZONE" in text


def test_following_ones_that_move_are_a_series_of_their_own() -> None:
    by = staff("direction").person
    series = booked(rule="FREQ=WEEKLY;COUNT=8", by=by)
    fifth = series.occurrences.order_by("starts")[4]
    move(
        fifth, starts=fifth.starts + timedelta(hours=2), ends=fifth.ends + timedelta(hours=2),
        scope=Scope.FOLLOWING, audience=Audience.STAFF, by=by,
    )  # fmt: skip
    assert Booking.objects.count() == 2
    assert read_back(written()) == taking_place()


@pytest.mark.parametrize("first", [date(2026, 2, 3), date(2026, 3, 10), date(2026, 9, 8)])
def test_a_series_keeps_its_hour_through_the_changes_of_2026(first: date) -> None:
    """Ramadan began on 15 February and ended on 22 March; on 20 September Morocco left UTC+1."""
    starts = datetime.combine(first, time(10))
    asked = datetime.combine(first, time(0), UTC) - timedelta(days=9)
    said = wish(room(), starts=starts, rule="FREQ=WEEKLY;COUNT=5")
    book(said, audience=Audience.STAFF, by=said.organiser, now=asked)
    back = read_back(written())
    assert back == taking_place()
    assert {one.astimezone(CASABLANCA).time() for one, _last, _place in back} == {time(10)}
    assert len({one.time() for one, _last, _place in back}) == 2  # the hour of UTC did change


def test_changes_are_counted_for_calendars() -> None:
    by = staff("direction").person
    booking = booked(by=by)
    one = booking.occurrences.get()
    assert vobject.readOne(written()).vevent.sequence.value == "0"
    move(
        one,
        starts=one.starts + timedelta(hours=1),
        ends=one.ends + timedelta(hours=1),
        audience=Audience.STAFF,
        by=by,
    )
    assert vobject.readOne(written()).vevent.sequence.value == "1"
    cancel(one, by=by)
    assert "BEGIN:VEVENT" not in written()


class TestAddresses:
    def test_one_s_own_and_one_s_company_s(self) -> None:
        site = SiteFactory()
        company = hosted_company(site)
        account = owner_of(company)
        booked(room(site=site), company=company, title="Conseil", is_private=True)
        booked(room(site=site), company=hosted_company(site), title="Étrangers")
        booked(room(site=site), organiser=account.person, title="Mon entretien", is_private=True)
        _feed, secret = make_feed(account.person)
        answer = Client().get(f"/calendars/{secret}.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        text = answer.content.decode()
        assert "Mon entretien" in text
        assert "Étrangers" not in text and "Conseil" not in text  # private, and somebody else's
        assert len(list(vobject.readOne(text).vevent_list)) == 2

    def test_of_a_site_while_one_has_a_role_there(self) -> None:
        site = SiteFactory()
        account = staff("reception", site)
        booked(room(site=site), title="Comité")
        _feed, secret = make_feed(account.person, site=site)
        assert "Comité" in Client().get(f"/calendars/{secret}.ics").content.decode()
        account.person.grants.all().delete()
        assert Client().get(f"/calendars/{secret}.ics").status_code == 404

    def test_made_on_the_page_shown_once_and_revoked(self) -> None:
        site = SiteFactory(code="rabat")
        atlas = room(site=site, code="Atlas")
        account = staff("reception", site)
        browser = visitor(account)
        made = browser.post("/en/calendars/", {"what": f"space-{atlas.pk}"})
        address = made.context["address"]
        path = address[address.index("/calendars/") :]
        assert address in made.content.decode()
        assert address not in browser.get("/en/calendars/").content.decode()
        assert Client().get(path).status_code == 200
        feed = CalendarFeed.objects.get()
        assert feed.last_read_at is not None
        browser.post(f"/en/calendars/{feed.pk}/revocation/")
        assert Client().get(path).status_code == 404

    def test_not_of_another_site_nor_by_another_person(self) -> None:
        elsewhere = room(site=SiteFactory(code="fes"), code="F")
        account = staff("reception", SiteFactory(code="rabat"))
        browser = visitor(account)
        for what in (f"space-{elsewhere.pk}", f"site-{elsewhere.site_id}", "site-x", "everything"):
            answer = browser.post("/en/calendars/", {"what": what})
            assert answer.context["form"].errors["what"], what
        other = staff("direction")
        feed, _secret = make_feed(other.person)
        assert browser.post(f"/en/calendars/{feed.pk}/revocation/").status_code == 404
        revoke_feed(feed, by=other.person)
        revoke_feed(feed, by=other.person)
