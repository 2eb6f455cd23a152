"""Tablets at doors: what they tell whoever passes, and what may be done there."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from fondouk.audit.models import Entry
from fondouk.bookings.enums import Audience, PriceUnit, Status
from fondouk.bookings.models import Booking, BookingRule, CheckIn, Occurrence, PriceRule
from fondouk.displays.actions import revoke_display
from fondouk.displays.models import Display
from fondouk.displays.queries import ends_from_now, state_of
from fondouk.spaces.models import Resource
from tests.factories import OpeningHoursFactory, PersonFactory, hosted_company, owner_of, since, staff
from tests.factories.bookings import TUESDAY, booked, closed, room
from tests.factories.displays import hung_up
from tests.factories.spaces import ResourceFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place() -> Resource:
    found = room(code="Atlas")
    for weekday in range(1, 8):
        OpeningHoursFactory(site=found.site, weekday=weekday)
    return found


def clocked(hour: int, minute: int = 0) -> Any:
    """The clock on the wall, and UTC: Morocco stands on it in January 2027."""
    return time_machine.travel(f"2027-01-05T{hour:02}:{minute:02}:20+00:00", tick=False)


def state(client: Client, secret: str) -> dict[str, Any]:
    answer = client.get(f"/door/{secret}/state/")
    assert answer.status_code == 200
    return dict(answer.json())


def tap(client: Client, secret: str, what: str, **facts: Any) -> Any:
    return client.post(f"/door/{secret}/{what}/", facts)


class TestAddress:
    def test_its_secret_is_kept_nowhere_and_good_until_it_is_revoked(
        self, client: Client, place: Resource
    ) -> None:
        display, secret = hung_up(place, language="ar")
        assert secret not in display.digest
        page = client.get(f"/door/{secret}/")
        assert 'dir="rtl"' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert "sessionid" not in page.cookies
        assert client.get("/door/another/").status_code == 404
        revoke_display(display, by=display.keeper)
        revoke_display(display, by=display.keeper)
        assert client.get(f"/door/{secret}/state/").status_code == 404
        assert [one.verb for one in Entry.objects.order_by("pk")] == ["displays.added", "displays.revoked"]

    def test_a_space_out_of_use_shows_nothing(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        Resource.objects.filter(pk=place.pk).update(withdrawn_on=timezone.localdate())
        assert client.get(f"/door/{secret}/").status_code == 404

    def test_those_who_keep_the_site_hang_it_up(self, client: Client, place: Resource) -> None:
        client.force_login(staff("spaces", place.site))
        answer = client.post(f"/en/spaces/{place.pk}/displays/new/", {"language": "ar", "may_book": "on"})
        display = Display.objects.get()
        assert (display.language, display.may_book) == ("ar", True)
        assert "/door/" in answer.content.decode()
        client.post(f"/en/displays/{display.pk}/revocation/")
        display.refresh_from_db()
        assert display.revoked_at
        client.force_login(staff("spaces", room().site))
        assert client.get(f"/en/spaces/{place.pk}/displays/new/").status_code == 404


class TestState:
    def test_whoever_passes_reads_no_secret(self, client: Client, place: Resource) -> None:
        company = hosted_company(place.site, name="Khettara")
        booked(place, title="Licenciement", is_private=True, note="Chut", company=company)
        booked(place, starts=TUESDAY + timedelta(hours=2), title="Point")
        _display, secret = hung_up(place)
        with clocked(9):
            said = state(client, secret)
        assert [(one["title"], one["who"], one["from"]) for one in said["slots"]] == [
            ("Privé", "Khettara", "10:00"),
            ("Point", "", "12:00"),
        ]
        assert "Licenciement" not in str(said)
        assert "Chut" not in str(said)

    def test_a_room_is_taken_through_the_parts_it_shares(self, place: Resource) -> None:
        both = ResourceFactory(
            site=place.site, code="Atlas + Rif", kind=place.kind, parts=list(place.parts.all())
        )
        booked(both, title="Conférence")
        with clocked(10, 30):
            now = state_of(place).now
        assert now
        assert (now.title, now.occurrence) == ("Conférence", None)

    def test_works_are_told_as_such(self, place: Resource) -> None:
        closed(place)
        with clocked(10, 30):
            now = state_of(place).now
        assert now
        assert now.occurrence is None

    def test_a_site_that_is_closed_says_when_it_opens(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        with clocked(20):
            hours = state(client, secret)["hours"]
            now = state(client, secret)["at"]
        assert not any(one["first"] <= now < one["last"] for one in hours)
        coming = next(one for one in hours if one["first"] > now)
        assert (coming["from"], coming["day"]) == ("08:30", "Mercredi")
        BookingRule.objects.create(resource=place, within_hours=False, period=since())
        with clocked(20):
            assert state(client, secret)["hours"] is None

    def test_as_many_queries_for_twenty_as_for_one(
        self, place: Resource, django_assert_max_num_queries: Any
    ) -> None:
        for place_in_day in range(16):
            booked(place, starts=TUESDAY + place_in_day * 30 * MINUTE, hours=0.5)
        with clocked(9), django_assert_max_num_queries(4):
            assert len(state_of(place).slots) == 16


class TestEndsFromNow:
    def offered(self, place: Resource) -> list[str]:
        found = ends_from_now(place, Audience.RESIDENT, PersonFactory())
        return [f"{one:%H:%M}" for one in found]

    def test_on_steps_and_before_what_comes_next(self, place: Resource) -> None:
        with clocked(9, 7):
            assert self.offered(place) == ["09:30", "09:45", "10:15"]
        booked(place)
        with clocked(9, 7):
            assert self.offered(place) == ["09:30", "09:45"]
        with clocked(9, 50):
            assert self.offered(place) == []
        with clocked(10, 5):
            assert self.offered(place) == []

    def test_not_beyond_the_hours_of_the_site(self, place: Resource) -> None:
        with clocked(18):
            assert self.offered(place) == ["18:15", "18:30"]
        with clocked(20):
            assert self.offered(place) == []

    @pytest.mark.parametrize(
        "rule", [{"needs_approval": True}, {"notice_minutes": 60}, {"is_allowed": False}]
    )
    def test_not_where_the_room_must_be_asked_for(self, place: Resource, rule: dict[str, Any]) -> None:
        BookingRule.objects.create(period=since(), **rule)
        with clocked(9):
            assert self.offered(place) == []

    def test_time_to_set_up_and_to_clean_up_counts(self, place: Resource) -> None:
        BookingRule.objects.create(period=since(), setup_minutes=10, cleanup_minutes=20)
        booked(place)
        with clocked(9):
            assert self.offered(place) == ["09:15", "09:30"]


class TestTaking:
    def test_the_free_room_from_this_minute_on(self, client: Client, place: Resource) -> None:
        display, secret = hung_up(place)
        with clocked(9, 7):
            ends = state(client, secret)["choices"][0]["ends"]
            answer = tap(client, secret, "booking", ends=ends, key="k1")
            again = tap(client, secret, "booking", ends=ends, key="k1")
        assert (answer.status_code, again.status_code) == (200, 200), answer.json()["message"]
        booking = Booking.objects.get()
        assert (booking.starts, booking.ends) == (datetime(2027, 1, 5, 9, 7), datetime(2027, 1, 5, 9, 30))  # noqa: DTZ001
        assert booking.organiser == display.keeper
        assert CheckIn.objects.filter(occurrence__booking=booking).exists()
        said = answer.json()["state"]
        assert (said["slots"][0]["ours"], said["slots"][0]["come"], said["choices"]) == (True, True, [])

    def test_not_when_somebody_was_quicker(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        booked(place, starts=TUESDAY.replace(hour=9, minute=15))
        with clocked(9, 7):
            answer = tap(client, secret, "booking", ends="2027-01-05T09:30:00", key="k1")
        assert (answer.status_code, bool(answer.json()["message"])) == (409, True)
        assert Booking.objects.count() == 1

    @pytest.mark.parametrize(
        "facts", [{"ends": "soon", "key": "k"}, {"ends": "2027-01-05T09:30:00"}, {"key": "k"}, {}]
    )
    def test_what_no_tablet_sends(self, client: Client, place: Resource, facts: dict[str, str]) -> None:
        _display, secret = hung_up(place)
        with clocked(9, 7):
            assert tap(client, secret, "booking", **facts).status_code == 404

    @pytest.mark.parametrize("ends", ["2027-01-05T08:00:00", "2027-01-05T09:20:00", "2027-01-09T09:30:00"])
    def test_an_end_that_was_not_offered(self, client: Client, place: Resource, ends: str) -> None:
        _display, secret = hung_up(place)
        with clocked(9, 7):
            assert tap(client, secret, "booking", ends=ends, key="k").status_code == 409
        assert not Booking.objects.exists()

    def test_a_display_that_may_not_book(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place, may_book=False)
        with clocked(9, 7):
            assert state(client, secret)["choices"] == []
            assert tap(client, secret, "booking", ends="2027-01-05T09:30:00", key="k").status_code == 404

    def test_what_was_taken_here_is_given_back_here(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        with clocked(9, 7):
            tap(client, secret, "booking", ends="2027-01-05T10:15:00", key="k")
        one = Occurrence.objects.get()
        with clocked(9, 20):
            assert tap(client, secret, "end", time=one.pk).status_code == 200
        one.refresh_from_db()
        assert (one.status, f"{one.ends:%H:%M}") == (Status.BOOKED, "09:20")
        with clocked(9, 20):
            assert state(client, secret)["slots"] == []

    def test_what_others_have_booked_is_not(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        one = booked(place).occurrences.get()
        with clocked(10, 5):
            assert tap(client, secret, "end", time=one.pk).status_code == 404


class TestComing:
    def test_a_tap_says_so_even_later(self, client: Client, place: Resource) -> None:
        BookingRule.objects.create(period=since(), grace_minutes=15)
        one = booked(place).occurrences.get()
        _display, secret = hung_up(place)
        came = one.during.lower + 3 * MINUTE
        with clocked(10, 12):
            slot = state(client, secret)["slots"][0]
            assert (slot["come"], slot["gone"] - slot["starts"]) == (False, 15 * 60_000)
            answer = tap(client, secret, "check-in", time=one.pk, at=int(came.timestamp() * 1000))
        assert answer.json()["state"]["slots"][0]["come"]
        assert CheckIn.objects.get().at == came

    @pytest.mark.parametrize("at", ["", "soon", "1", "9" * 15, "٣"])
    def test_a_clock_that_cannot_be_believed_says_nothing(
        self, client: Client, place: Resource, at: str
    ) -> None:
        one = booked(place).occurrences.get()
        _display, secret = hung_up(place)
        with clocked(10, 5):
            assert tap(client, secret, "check-in", time=one.pk, at=at).status_code == 200
        assert f"{CheckIn.objects.get().at:%H:%M}" == "10:05"

    def test_not_in_another_room_nor_too_early(self, client: Client, place: Resource) -> None:
        _display, secret = hung_up(place)
        elsewhere = booked(room()).occurrences.get()
        here = booked(place).occurrences.get()
        with clocked(8):
            assert tap(client, secret, "check-in", time=elsewhere.pk).status_code == 404
            assert tap(client, secret, "check-in", time="x").status_code == 404
            assert tap(client, secret, "check-in", time=here.pk).status_code == 409


class TestCodeAtTheDoor:
    def member(self, place: Resource) -> Any:
        return owner_of(hosted_company(place.site))

    def test_it_leads_members_to_the_room_and_others_nowhere(self, client: Client, place: Resource) -> None:
        sent = client.get(f"/at/{place.pk}/", follow=True)
        assert "/sign-in/" in sent.redirect_chain[-1][0]
        client.force_login(self.member(place))
        assert client.get(f"/at/{place.pk}/", follow=True).status_code == 200
        client.force_login(owner_of(hosted_company()))
        assert client.get(f"/at/{place.pk}/", follow=True).status_code == 404
        assert client.get("/at/999999/", follow=True).status_code == 404

    def test_a_member_says_that_they_are_there(self, client: Client, place: Resource) -> None:
        BookingRule.objects.create(period=since(), grace_minutes=15)
        account = self.member(place)
        mine = booked(place, organiser=account.person).occurrences.get()
        others = booked(place, starts=TUESDAY + timedelta(hours=1)).occurrences.get()
        with clocked(9, 50):
            client.force_login(account)
            assert f'value="{mine.pk}"' in client.get(f"/en/rooms/{place.pk}/").content.decode()
            client.post(f"/en/rooms/{place.pk}/check-in/", {"time": mine.pk})
            assert client.post(f"/en/rooms/{place.pk}/check-in/", {"time": others.pk}).status_code == 404
        assert CheckIn.objects.get().by == account.person

    def test_a_member_stays_longer_and_gives_it_back(self, client: Client, place: Resource) -> None:
        account = self.member(place)
        mine = booked(place, organiser=account.person, title="SECRET", is_private=True).occurrences.get()
        page, address = f"/en/rooms/{place.pk}/", f"/en/rooms/{place.pk}/end/"
        with clocked(9, 50):
            client.force_login(account)
            assert 'name="end"' not in client.get(page).content.decode()
            assert client.post(address, {"time": mine.pk, "end": "now"}).status_code == 404
        with clocked(10, 40):
            assert "SECRET" in client.get(page).content.decode()
            client.post(address, {"time": mine.pk, "end": "longer"})
            assert mine.booking.occurrences.get().ends.time() == time(11, 30)
            client.force_login(staff("spaces", place.site))
            assert "SECRET" not in client.get(page).content.decode()
            client.force_login(self.member(place))
            assert client.post(address, {"time": mine.pk, "end": "now"}).status_code == 404
            client.force_login(account)
            client.post(address, {"time": mine.pk, "end": "now"})
            assert mine.booking.occurrences.get().ends.time() == time(10, 40)

    def test_a_member_takes_it_at_the_price_that_was_read(self, client: Client, place: Resource) -> None:
        account = self.member(place)
        company = account.person.memberships.get().company
        wished = {"title": "Appel", "company": company.pk}
        with clocked(9, 7):
            client.force_login(account)
            page = client.get(f"/en/rooms/{place.pk}/").content.decode()
            choice = "2027-01-05T09:07:00|2027-01-05T09:30:00|0"
            assert f'value="{choice}"' in page
        with clocked(9, 9):  # a page is read for a minute or two
            costly = PriceRule.objects.create(unit=PriceUnit.HOUR, amount=60, period=since())
            dear = client.post(f"/en/rooms/{place.pk}/booking/", {**wished, "ends": choice})
            assert (dear.status_code, Booking.objects.count()) == (422, 0)
            costly.delete()
            assert (
                client.post(f"/en/rooms/{place.pk}/booking/", {**wished, "ends": choice}).status_code == 302
            )
        booking = Booking.objects.get()
        assert (booking.company, booking.title) == (company, "Appel")
        assert CheckIn.objects.exists()

    @pytest.mark.parametrize("ends", ["", "x", "|||", "2027-01-05T09:07:00|2027-01-05T09:30:00|NaN", "a|b|0"])
    def test_what_no_page_offers(self, client: Client, place: Resource, ends: str) -> None:
        with clocked(9, 7):
            client.force_login(self.member(place))
            answer = client.post(f"/en/rooms/{place.pk}/booking/", {"title": "x", "ends": ends})
        assert (answer.status_code, Booking.objects.count()) == (422, 0)

    def test_a_page_left_open_takes_nothing(self, client: Client, place: Resource) -> None:
        with clocked(9, 20):
            client.force_login(self.member(place))
            choice = "2027-01-05T09:07:00|2027-01-05T09:30:00|0"
            answer = client.post(f"/en/rooms/{place.pk}/booking/", {"title": "x", "ends": choice})
        assert (answer.status_code, Booking.objects.count()) == (422, 0)


def test_signs_have_a_page_for_each_room(client: Client, place: Resource) -> None:
    room(site=place.site, code="Rif")
    client.force_login(staff("reception", place.site))
    read = PdfReader(io.BytesIO(client.get("/fr/displays/signs/").content))
    assert ["Atlas" in page.extract_text() for page in read.pages] == [True, False]
    one = PdfReader(io.BytesIO(client.get(f"/ar/spaces/{place.pk}/sign/").content))
    assert f"/at/{place.pk}/" in one.pages[0].extract_text()
