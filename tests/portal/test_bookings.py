"""A member books a room in three taps, stays longer, leaves early, gives it back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Audience, PriceUnit, Status
from fondouk.bookings.models import Booking, Occurrence, PriceRule
from fondouk.bookings.queries import clock_at
from fondouk.portal.web.forms.bookings import WhenForm
from fondouk.sites.queries.hours import Day
from fondouk.spaces.models import Resource
from tests.factories import OpeningHoursFactory, since
from tests.factories.bookings import booked, room, wish
from tests.visiting import errors_of, undo_of

NEW = "/en/my/bookings/new/"
DAY = timezone.localdate() + timedelta(days=8)


@pytest.fixture
def atlas(cast: Any) -> Any:
    for weekday in range(1, 8):
        OpeningHoursFactory(site=cast.site, weekday=weekday, opens=time(8), closes=time(20))
    return room(site=cast.site, code="Atlas")


def confirmation(space: Any, begins: str = "10:00", ends: str = "11:00") -> str:
    return f"{NEW}confirmation/?space={space.pk}&starts={DAY}T{begins}&ends={DAY}T{ends}"


def made(owner: Any, space: Any) -> Booking:
    assert owner.post(confirmation(space), {"title": "Réunion"}).status_code == 302
    return Booking.objects.get()


def test_free_rooms_are_shown_and_until_when(owner: Any, cast: Any, atlas: Any) -> None:
    rif = room(site=cast.site, code="Rif")
    booked(atlas, starts=datetime.combine(DAY, time(10)))
    booked(rif, starts=datetime.combine(DAY, time(15)))
    answer = owner.get(f"{NEW}?day={DAY:%d/%m/%Y}&begins=10:00&minutes=60")
    assert [(one["room"].code, one["until"].time()) for one in answer.context["rooms"]] == [("Rif", time(15))]
    assert owner.get(f"{NEW}?day={DAY:%d/%m/%Y}&begins=10:00&minutes=60&people=40").context["rooms"] == []
    assert errors_of(owner.get(f"{NEW}?day=never"))["day"]
    assert owner.get(NEW).context["form"].is_valid()  # the first tap shows rooms at once


def test_it_is_booked_for_the_company_and_undone(owner: Any, cast: Any, atlas: Any) -> None:
    answer = owner.post(confirmation(atlas), {"title": "Réunion", "attendees": "4"})
    booking = Booking.objects.get()
    assert (booking.company, booking.organiser) == (cast.company, cast.owner.person)
    owner.post(undo_of(answer))
    assert Occurrence.objects.get().status == Status.CANCELLED


def test_what_is_refused_says_so_and_keeps_what_was_typed(owner: Any, atlas: Any) -> None:
    answer = owner.post(confirmation(atlas), {"title": "", "attendees": "90"})
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"title"}
    answer = owner.post(confirmation(atlas), {"title": "Réunion", "attendees": "90"})
    assert set(errors_of(answer)) == {"attendees"}
    answer = owner.post(confirmation(atlas, "10:00", "09:00"), {"title": "Réunion"})
    assert answer.status_code == 422
    answer = owner.post(confirmation(atlas, "05:00", "06:00"), {"title": "Réunion"})
    assert answer.context["way"].conflicts[0].reason == "closed"
    answer = owner.post(confirmation(atlas), {"title": "Réunion", "repeat": "weekly"})
    assert set(errors_of(answer)) == {"until"}
    assert not Booking.objects.exists()


def test_a_series_without_what_is_taken(owner: Any, atlas: Any) -> None:
    booked(atlas, starts=datetime.combine(DAY + timedelta(days=7), time(10)), title="Revue")
    said = {"title": "Point", "repeat": "weekly", "until": f"{DAY + timedelta(days=21):%d/%m/%Y}"}
    answer = owner.post(confirmation(atlas), said)
    way = answer.context["way"]
    assert (way.total, way.of, way.left) == (1, 4, 3)
    assert "Revue" not in answer.content.decode()  # of another company
    owner.post(confirmation(atlas), {**said, "skip": way.skip})
    assert Booking.objects.get(title="Point").occurrences.count() == 3


def test_longer_and_earlier(owner: Any, cast: Any, atlas: Any) -> None:
    booking = made(owner, atlas)
    one = booking.occurrences.get()
    owner.post(f"/en/my/bookings/times/{one.pk}/end/", {"end": "longer"})
    one.refresh_from_db()
    assert one.ends.time() == time(11, 30)
    booked(atlas, starts=datetime.combine(DAY, time(11, 30)), title="Revue")
    owner.post(f"/en/my/bookings/times/{one.pk}/end/", {"end": "longer"})
    one.refresh_from_db()
    assert one.ends.time() == time(11, 30)


def test_over_now_gives_the_rest_back(owner: Any, cast: Any, atlas: Any) -> None:
    now = clock_at(cast.site)
    begun = now - timedelta(minutes=now.minute % 15 + 60)
    said = wish(
        atlas,
        starts=begun,
        ends=begun + timedelta(hours=4),
        organiser=cast.owner.person,
        company=cast.company,
    )
    book(said, audience=Audience.STAFF, by=cast.owner.person, now=timezone.now() - timedelta(hours=9))
    one = Occurrence.objects.get()
    owner.post(f"/en/my/bookings/times/{one.pk}/end/", {"end": "now"})
    one.refresh_from_db()
    assert now <= one.ends <= now + timedelta(minutes=1)
    assert one.during.upper < timezone.now() + timedelta(minutes=17)


def test_given_back_and_taken_again(owner: Any, atlas: Any) -> None:
    one = made(owner, atlas).occurrences.get()
    answer = owner.post(f"/en/my/bookings/times/{one.pk}/cancellation/")
    one.refresh_from_db()
    assert one.status == Status.CANCELLED
    owner.post(undo_of(answer))
    one.refresh_from_db()
    assert one.status == Status.BOOKED
    other = booked(atlas, starts=datetime.combine(DAY, time(14)))
    answer = owner.post(f"/en/my/bookings/times/{one.pk}/cancellation/")
    other.occurrences.get()
    booked(atlas, starts=datetime.combine(DAY, time(10, 30)), title="Revue")
    owner.post(undo_of(answer))
    one.refresh_from_db()
    assert one.status == Status.CANCELLED  # somebody has taken it meanwhile


def test_only_some_of_a_series(owner: Any, atlas: Any) -> None:
    said = {"title": "Point", "repeat": "weekly", "until": f"{DAY + timedelta(days=21):%d/%m/%Y}"}
    owner.post(confirmation(atlas), said)
    times = list(Occurrence.objects.order_by("starts"))
    assert owner.get(f"/en/my/bookings/times/{times[1].pk}/cancellation/").status_code == 200
    owner.post(f"/en/my/bookings/times/{times[1].pk}/cancellation/", {"scope": "following"})
    assert [one.status for one in Occurrence.objects.order_by("starts")] == [
        Status.BOOKED, Status.CANCELLED, Status.CANCELLED, Status.CANCELLED,
    ]  # fmt: skip


def test_a_colleague_sees_it_and_does_not_change_it(owner: Any, member: Any, atlas: Any) -> None:
    booking = made(owner, atlas)
    Booking.objects.update(is_private=True)
    shown = member.get(f"/en/my/bookings/{booking.pk}/").content.decode()
    assert "Private" in shown and "Réunion" not in shown
    one = booking.occurrences.get()
    assert member.post(f"/en/my/bookings/times/{one.pk}/cancellation/").status_code == 404
    assert member.get(f"/en/my/bookings/{booking.pk}/details/").status_code == 404
    assert member.get("/en/my/bookings/").status_code == 200


def test_the_home_shows_what_comes_next(owner: Any, atlas: Any) -> None:
    assert "Next booking" not in owner.get("/en/my/").content.decode()
    made(owner, atlas)
    assert "Next booking" in owner.get("/en/my/").content.decode()


@pytest.mark.parametrize(
    ("now", "day", "begins"),
    [
        (datetime(2026, 12, 1, 10, 2), "01/12/2026", "10:15"),  # noqa: DTZ001 - the clock on the wall
        (datetime(2026, 12, 1, 18, 50), "01/12/2026", "19:00"),  # noqa: DTZ001
        (datetime(2026, 12, 1, 19, 5), "02/12/2026", "09:00"),  # noqa: DTZ001
        (datetime(2026, 12, 5, 13, 0), "07/12/2026", "09:00"),  # noqa: DTZ001 - Saturday, and it is closed on Sunday
        (datetime(2026, 12, 1, 23, 50), "02/12/2026", "09:00"),  # noqa: DTZ001
        (datetime(2026, 12, 2, 3, 0), "02/12/2026", "09:00"),  # noqa: DTZ001
    ],
)
def test_what_is_offered_unasked_is_a_time_when_the_site_is_open(
    now: datetime, day: str, begins: str
) -> None:
    """From eight to eight, on Saturdays until one, not on Sundays."""
    hours = {6: (time(8), time(13)), 7: (None, None)}
    dates = [now.date() + timedelta(days=ahead) for ahead in range(8)]
    days = [Day(on, *hours.get(on.isoweekday(), (time(8), time(20))), "usual") for on in dates]
    assert WhenForm.begun(now, days) == {"day": day, "begins": begins, "minutes": 60}


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("begins=23:00", "The site is closed then."),
        ("begins=10:00&people=500", "It holds 10 people at most."),
        ("begins=10:00&day=01/12/2046", "It is booked 92 days ahead at most."),
    ],
)
def test_why_nothing_is_free(owner: Any, atlas: Any, query: str, why: str) -> None:
    Resource.objects.update(capacity=10)
    assert why in owner.get(f"{NEW}?day={DAY:%d/%m/%Y}&minutes=60&{query}").content.decode()


def test_a_series_is_booked_at_the_price_of_what_is_free(owner: Any, cast: Any, atlas: Any) -> None:
    """One of three dates is taken: what is left costs less than what was shown, and is booked; so is what was shown late."""
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
    booked(atlas, starts=datetime.combine(DAY + timedelta(days=7), time(10)))
    said = {"title": "Réunion", "repeat": "weekly", "until": f"{DAY + timedelta(days=14):%d/%m/%Y}"}
    late = owner.post(
        confirmation(atlas), {**said, "price_seen": "100.00"}
    )  # typed faster than it was worked out
    assert late.context["quote"].total == 300
    refused = owner.post(confirmation(atlas), {**said, "price_seen": "300.00"})
    assert (refused.status_code, refused.context["quote"].total) == (422, 200)
    skip = refused.context["way"].skip
    assert owner.post(confirmation(atlas), {**said, "price_seen": "300.00", "skip": skip}).status_code == 302
    made = Booking.objects.get(company=cast.company)
    assert made.occurrences.count() == 2


def test_a_last_day_without_a_repetition_is_asked_about(owner: Any, atlas: Any) -> None:
    answer = owner.post(confirmation(atlas), {"title": "Réunion", "until": "31/12/2026"})
    assert (answer.status_code, set(errors_of(answer))) == (422, {"repeat"})


def moved_to(one: Occurrence, **changes: str) -> dict[str, str]:
    """What the form of a move sends, where nothing is changed but `changes`."""
    said = {"space": str(one.resource_id), "day": f"{one.starts:%d/%m/%Y}", "begins": f"{one.starts:%H:%M}"}
    return {**said, "ends": f"{one.ends:%H:%M}", "stamp": str(one.sequence), **changes}


def test_moved_and_put_back(owner: Any, cast: Any, atlas: Any) -> None:
    rif = room(site=cast.site, code="Rif")
    one = made(owner, atlas).occurrences.get()
    page = f"/en/my/bookings/times/{one.pk}/move/"
    assert page in owner.get(f"/en/my/bookings/{one.booking_id}/").content.decode()
    assert owner.get(page).context["form"].initial["begins"] == time(10)
    answer = owner.post(page, moved_to(one, space=str(rif.pk), begins="15:00", ends="17:00"))
    now = Occurrence.objects.get()
    assert (now.resource, now.starts.time(), now.ends.time()) == (rif, time(15), time(17))
    owner.post(undo_of(answer))
    now = Occurrence.objects.get()
    assert (now.resource, now.starts.time(), now.ends.time()) == (atlas, time(10), time(11))


def test_a_move_that_cannot_be_says_why_and_keeps_what_was_typed(owner: Any, cast: Any, atlas: Any) -> None:
    one = made(owner, atlas).occurrences.get()
    page = f"/en/my/bookings/times/{one.pk}/move/"
    booked(atlas, starts=datetime.combine(DAY, time(15)))
    room(site=cast.site, code="Rif")
    answer = owner.post(page, moved_to(one, begins="15:00", ends="16:00"))
    assert (answer.status_code, set(errors_of(answer))) == (422, {"__all__"})
    assert f"{DAY:%d/%m} 14:00–15:00" in str(errors_of(answer)) and "Rif" in str(errors_of(answer))
    assert answer.context["form"]["begins"].value() == "15:00"
    assert set(errors_of(owner.post(page, moved_to(one, begins="11:00", ends="10:30")))) == {"ends"}
    assert set(errors_of(owner.post(page, moved_to(one, day="31/02/2027")))) == {"day"}
    assert set(errors_of(owner.post(page, moved_to(one, stamp=str(one.sequence + 4))))) == {"__all__"}
    assert Occurrence.objects.filter(pk=one.pk, starts=one.starts, sequence=one.sequence).exists()


def test_what_costs_more_is_moved_once_that_was_read(owner: Any, cast: Any, atlas: Any) -> None:
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
    confirm = {"title": "Réunion", "price_seen": "100"}
    assert owner.post(confirmation(atlas), confirm).status_code == 302
    one = Occurrence.objects.get()
    page = f"/en/my/bookings/times/{one.pk}/move/"
    longer = moved_to(one, ends="12:00")
    answer = owner.post(page, longer)
    assert "200" in str(errors_of(answer)["__all__"])
    assert Occurrence.objects.get().price == 100
    seen = answer.context["form"]["price_seen"].value()
    assert owner.post(page, {**longer, "price_seen": seen}).status_code == 302
    assert Occurrence.objects.get().price == 200


def test_of_others_nothing_is_moved(owner: Any, cast: Any, atlas: Any) -> None:
    one = booked(atlas, starts=datetime.combine(DAY, time(15))).occurrences.get()
    assert owner.get(f"/en/my/bookings/times/{one.pk}/move/").status_code == 404
    assert owner.post(f"/en/my/bookings/times/{one.pk}/move/", moved_to(one)).status_code == 404
