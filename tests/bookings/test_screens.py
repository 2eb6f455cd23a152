"""The staff's screens: what others keep private, what changed meanwhile, what nobody may slip by."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.bookings.actions import book, cancel, move
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Decision, Occurrence
from tests.factories import (
    OpeningHoursFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    since,
    staff,
)
from tests.factories.bookings import booked, room, wish
from tests.visiting import errors_of, queries_of, undo_of, visitor

DAY = timezone.localdate() + timedelta(days=8)
TEN = datetime.combine(DAY, time(10))


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site = SiteFactory(code="rabat")
    for weekday in range(1, 8):
        OpeningHoursFactory(site=site, weekday=weekday, opens=time(8), closes=time(20))
    owner = owner_of(hosted_company(site))
    return SimpleNamespace(
        site=site,
        atlas=room(site=site, code="Atlas"),
        rif=room(site=site, code="Rif"),
        owner=owner,
        company=owner.person.memberships.get().company,
        manager=visitor(staff("site_manager", site)),
        direction=visitor(staff("direction")),
    )


def asked(park: SimpleNamespace, **values: Any) -> Booking:
    """A request of the company for an hour at ten, which awaits approval."""
    BookingRule.objects.get_or_create(resource=park.atlas, needs_approval=True, period=since())
    said = wish(
        park.atlas,
        starts=TEN,
        organiser=park.owner.person,
        company=park.company,
        **{"title": "Forum", **values},
    )
    return book(said, audience=Audience.RESIDENT, by=park.owner.person)


class TestPrivate:
    """A title for the participants is theirs alone, and so is the note."""

    def test_nowhere_for_the_staff(self, park: SimpleNamespace) -> None:
        asked(park, title="SECRET asked", note="SECRET note", is_private=True)
        held = booked(
            park.rif,
            starts=TEN,
            organiser=park.owner.person,
            title="SECRET held",
            note="SECRET note",
            is_private=True,
        )
        day, since_then = f"{DAY:%Y-%m-%d}", f"{DAY:%d/%m/%Y}"
        for address in (
            f"/en/planning/?site=rabat&day={day}",
            f"/en/planning/?site=rabat&view=week&day={day}",
            f"/en/bookings/{held.pk}/",
            f"/en/bookings/{held.pk}/edition/",
            f"/en/bookings/?since={since_then}",
            "/en/bookings/export/csv/",
            f"/en/spaces/{park.rif.pk}/",
            "/en/todo/",
        ):
            answer = park.manager.get(address)
            assert answer.status_code == 200, address
            content = answer.getvalue() if answer.streaming else answer.content
            assert b"SECRET" not in content, address
        journal = visitor(staff("administrator")).get("/en/audit/").content.decode()
        assert "Booked" in journal
        assert "SECRET" not in journal
        assert not any("SECRET" in str(entry.facts) for entry in Entry.objects.all())

    def test_looking_for_it_does_not_tell(self, park: SimpleNamespace) -> None:
        booked(park.rif, starts=TEN, title="SECRET", is_private=True)
        booked(park.rif, starts=TEN + timedelta(hours=2), title="Comité")
        assert not park.manager.get("/en/bookings/?q=SECRET").context["rows"]
        assert len(park.manager.get("/en/bookings/?q=Comité").context["rows"]) == 1

    def test_a_keeper_changes_only_the_rest(self, park: SimpleNamespace) -> None:
        held = booked(park.rif, starts=TEN, title="Bilan", note="Eau", is_private=True)
        page = f"/en/bookings/{held.pk}/edition/"
        form = park.manager.get(page).context["form"]
        assert set(form.fields) == {"attendees", "mark"}
        park.manager.post(page, {"attendees": "5", "title": "x", "mark": form.initial["mark"]})
        held.refresh_from_db()
        assert (held.title, held.note, held.attendees) == ("Bilan", "Eau", 5)


class TestMeanwhile:
    def test_words_written_by_two_at_once(self, park: SimpleNamespace) -> None:
        held = booked(park.rif, starts=TEN, title="Bilan")
        page = f"/en/bookings/{held.pk}/edition/"
        mark = park.manager.get(page).context["form"].initial["mark"]
        said = {"title": "Bilan annuel", "note": "Salle en U", "mark": mark}
        assert park.direction.post(page, said).status_code == 302
        answer = park.manager.post(page, {"title": "Bilan", "attendees": "4", "mark": mark})
        assert answer.status_code == 422
        assert set(errors_of(answer)) == {"__all__"}
        held.refresh_from_db()
        assert (held.title, held.attendees) == ("Bilan annuel", None)

    def test_what_is_decided_is_what_was_read(self, park: SimpleNamespace) -> None:
        booking = asked(park)
        stamp = park.manager.get(f"/en/bookings/{booking.pk}/").context["stamp"]
        one = booking.occurrences.get()
        move(one, starts=TEN, ends=TEN + timedelta(hours=6), audience=Audience.RESIDENT, by=park.owner.person)
        decision = f"/en/bookings/{booking.pk}/decision/"
        park.manager.post(decision, {"decision": "grant", "stamp": stamp})
        assert not Decision.objects.exists()
        stamp = park.manager.get(f"/en/bookings/{booking.pk}/").context["stamp"]
        park.manager.post(decision, {"decision": "grant", "stamp": stamp, "reason": "a\x00b"})
        assert Decision.objects.get().reason == "ab"
        assert booking.occurrences.get().status == Status.BOOKED

    def test_an_old_undo_brings_nothing_back_that_has_changed_since(self, park: SimpleNamespace) -> None:
        held = booked(park.rif, starts=TEN)
        one = held.occurrences.get()
        address = f"/en/bookings/times/{one.pk}/cancellation/"
        undo = undo_of(park.manager.post(address))
        park.manager.post(undo)
        assert held.occurrences.get().status == Status.BOOKED
        BookingRule.objects.create(resource=park.atlas, needs_approval=True, period=since())
        move(
            one,
            starts=TEN,
            ends=TEN + timedelta(hours=4),
            resource=park.atlas,
            audience=Audience.RESIDENT,
            by=held.organiser,
        )
        cancel(one, by=held.organiser)
        park.manager.post(undo)
        assert held.occurrences.get().status == Status.CANCELLED


class TestApproved:
    def test_longer_is_asked_for_anew(self, park: SimpleNamespace) -> None:
        booking = asked(park)
        booking.occurrences.update(status=Status.BOOKED)
        one = booking.occurrences.get()
        visitor(park.owner).post(f"/en/my/bookings/times/{one.pk}/end/", {"end": "longer"})
        assert booking.occurrences.get().ends == one.ends

    def test_while_it_waits_it_may_become_longer(self, park: SimpleNamespace) -> None:
        one = asked(park).occurrences.get()
        visitor(park.owner).post(f"/en/my/bookings/times/{one.pk}/end/", {"end": "longer"})
        assert Occurrence.objects.get().ends == one.ends + timedelta(minutes=30)


class TestList:
    def test_a_filter_that_cannot_be_read_shows_nothing(self, park: SimpleNamespace) -> None:
        booked(park.rif, starts=TEN)
        assert len(park.manager.get("/en/bookings/").context["rows"]) == 1
        for query in ("since=zzz", "status=zzz", "site=nowhere"):
            assert not park.manager.get(f"/en/bookings/?{query}").context["rows"], query
        assert not park.manager.get("/en/planning/?site=rabat&people=many").context["page"].object_list

    def test_few_queries_whatever_is_booked(self, park: SimpleNamespace) -> None:
        for hour in range(8):
            booked(park.rif, starts=TEN.replace(hour=9 + hour), title=f"Point {hour}")
        for address in (
            f"/en/planning/?site=rabat&day={DAY:%Y-%m-%d}",
            f"/en/planning/?site=rabat&view=week&day={DAY:%Y-%m-%d}",
            "/en/bookings/?site=rabat",
            f"/en/bookings/{Booking.objects.first().pk}/",  # type: ignore[union-attr]
            "/en/booking-rules/",
            "/en/bookings/new/",
            f"/en/planning/search/?day={DAY:%d/%m/%Y}&begins=10:00&ends=11:00",
        ):
            assert queries_of(park.manager, address) <= 20, address


class TestDragged:
    def test_moved_and_taken_back(self, park: SimpleNamespace) -> None:
        one = booked(park.rif, starts=TEN).occurrences.get()
        address = f"/en/bookings/times/{one.pk}/move/"
        later = TEN + timedelta(hours=2)
        said = {
            "starts": later.isoformat(), "ends": (later + timedelta(hours=1)).isoformat(),
            "space": park.atlas.pk, "stamp": 0,
            "back": f"?site=rabat&day={DAY:%Y-%m-%d}",
        }  # fmt: skip
        answer = park.manager.post(address, said)
        assert answer["Location"] == f"/en/planning/?site=rabat&day={DAY:%Y-%m-%d}"
        one.refresh_from_db()
        assert (one.starts, one.resource) == (later, park.atlas)
        stale = park.manager.post(address, {**said, "starts": TEN.isoformat()})
        assert stale.status_code == 302
        one.refresh_from_db()
        assert one.starts == later
        park.manager.post(undo_of(answer))
        one.refresh_from_db()
        assert (one.starts, one.resource) == (TEN, park.rif)

    def test_nonsense_is_not_found(self, park: SimpleNamespace) -> None:
        one = booked(park.rif, starts=TEN).occurrences.get()
        address = f"/en/bookings/times/{one.pk}/move/"
        for starts in ("soon", "", "9999-12-31T23:00"):
            assert park.manager.post(address, {"starts": starts, "ends": "x"}).status_code == 404, starts
        assert park.manager.get("/en/bookings/new/?starts=9999-12-31T23:30").status_code == 200


def test_cancelling_up_to_a_day_before_all_of_them_says_so(park: SimpleNamespace) -> None:
    series = booked(park.rif, starts=TEN, rule="FREQ=WEEKLY;COUNT=3")
    one = series.occurrences.order_by("starts")[0]
    before = f"{DAY - timedelta(days=2):%d/%m/%Y}"
    answer = park.manager.post(
        f"/en/bookings/times/{one.pk}/cancellation/", {"scope": Scope.FOLLOWING, "until": before}
    )
    assert set(errors_of(answer)) == {"until"}
    assert Occurrence.objects.live().count() == 3


def test_what_repeats_on_days_that_are_not_there(park: SimpleNamespace) -> None:
    saturday = DAY + timedelta(days=(6 - DAY.isoweekday()) % 7)
    last = (DAY.replace(day=1) + timedelta(days=62)).replace(day=1) - timedelta(days=1)
    if last.day < 29:
        last = (last + timedelta(days=31)).replace(day=31)
    said = {"space": park.rif.pk, "title": "Point", "begins": "10:00", "ends": "11:00"}
    for repeat, day in (("workdays", saturday), ("monthly", last)):
        until = f"{day + timedelta(days=90):%d/%m/%Y}"
        answer = park.manager.post(
            "/en/bookings/new/", {**said, "day": f"{day:%d/%m/%Y}", "repeat": repeat, "until": until}
        )
        assert set(errors_of(answer)) == {"day"}, repeat
