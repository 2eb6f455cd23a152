"""Any desk of a zone: whoever books is given one that is free, and no two are given the same."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from fondouk.bookings.actions import book, cancel, change_end, move, restore
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.feeds import calendar_of
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.queries import Search, lines, search
from fondouk.bookings.wishes import Unavailable
from fondouk.lib.recurrence import parse_rule
from fondouk.lib.zones import local_range
from fondouk.spaces.actions import change_resource, create_resource, derive_claims
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Claim, Part, Resource
from tests.factories import FloorFactory, PersonFactory, SiteFactory, staff
from tests.factories.bookings import TUESDAY, booked, closed, room, wish
from tests.machine import Machine
from tests.threads import together
from tests.visiting import errors_of, visitor

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
pytestmark = pytest.mark.django_db


def zone(places: int = 3, **values: Any) -> Resource:
    site = values.pop("site", None) or SiteFactory(code="rabat")
    resource = Resource(site=site, code=values.pop("code", "Atlas"), kind=SpaceKind.DESK, capacity=1)
    return create_resource(resource, places=places, area=values.pop("area", None), by=None)


def desk_of(booking: Booking) -> str:
    (code,) = {one.part.code for one in booking.occurrences.select_related("part") if one.part}
    return code


def test_each_is_given_a_desk_of_their_own_until_none_is_left() -> None:
    desks = zone(3)
    given = [desk_of(booked(desks)) for _number in range(3)]
    assert given == ["Atlas 01", "Atlas 02", "Atlas 03"]
    assert Claim.objects.count() == 3
    with pytest.raises(Unavailable) as refused:
        booked(desks)
    assert len(refused.value.clashes[0].claims) == 3
    booked(desks, starts=TUESDAY + HOUR)


def test_a_series_keeps_its_desk_where_it_can() -> None:
    desks = zone(2)
    booked(desks, starts=TUESDAY + WEEK)  # desk 01, the second week
    assert desk_of(booked(desks, rule="FREQ=WEEKLY;COUNT=4")) == "Atlas 02"
    mixed = booked(desks, rule="FREQ=WEEKLY;COUNT=4;INTERVAL=1", starts=TUESDAY + 2 * WEEK)
    assert desk_of(mixed) == "Atlas 01"


def test_a_series_changes_desk_where_it_must() -> None:
    desks = zone(2)
    first, second = booked(desks), booked(desks, starts=TUESDAY + WEEK)
    move(
        second.occurrences.get(), starts=TUESDAY + 2 * WEEK, ends=TUESDAY + 2 * WEEK + HOUR, audience=Audience.STAFF,
        by=second.organiser,
    )  # fmt: skip
    blocker = room(site=desks.site, code="Poste 2", parts=[Part.objects.get(code="Atlas 02")])
    booked(blocker, starts=TUESDAY + WEEK)
    series = booked(desks, rule="FREQ=WEEKLY;COUNT=2")
    assert [one.part.code for one in series.occurrences.order_by("starts")] == ["Atlas 02", "Atlas 01"]
    assert desk_of(first) == "Atlas 01"


def test_a_desk_that_is_a_space_too_is_one_desk() -> None:
    desks = zone(2)
    single = room(site=desks.site, code="Poste 1", parts=[Part.objects.get(code="Atlas 01")])
    booked(single)
    assert desk_of(booked(desks)) == "Atlas 02"
    with pytest.raises(Unavailable):
        booked(desks)
    with pytest.raises(Unavailable):
        booked(single)


def test_it_is_searched_as_free_while_a_desk_is() -> None:
    desks = zone(2)
    wanted = Search(TUESDAY, TUESDAY + HOUR, rule=parse_rule("FREQ=WEEKLY;COUNT=3"))

    def missing() -> int:
        (found,) = search(Resource.objects.filter(pk=desks.pk), wanted, Audience.STAFF)
        return len(found.missing)

    booked(desks)
    booked(desks, starts=TUESDAY + 30 * timedelta(minutes=1), hours=2)
    assert missing() == 1
    booked(desks, starts=TUESDAY + WEEK)
    assert missing() == 1
    # Two that follow each other on one desk hold it no more than one does.
    booked(desks, starts=TUESDAY + 2 * WEEK, hours=0.5)
    booked(desks, starts=TUESDAY + 2 * WEEK + HOUR / 2, hours=0.5)
    assert missing() == 1


def test_moving_keeps_the_desk_and_finds_another_where_it_must() -> None:
    desks = zone(2)
    first, second = booked(desks), booked(desks)
    by = {"audience": Audience.STAFF, "by": PersonFactory()}
    one = second.occurrences.get()
    move(one, starts=TUESDAY + HOUR, ends=TUESDAY + 2 * HOUR, **by)
    assert desk_of(second) == "Atlas 02"
    third = booked(desks)
    assert desk_of(third) == "Atlas 02"
    change_end(first.occurrences.get(), ends=TUESDAY + 2 * HOUR, **by)
    assert desk_of(first) == "Atlas 01"
    with pytest.raises(Unavailable):
        change_end(third.occurrences.get(), ends=TUESDAY + 2 * HOUR, **by)
    meeting = room(site=desks.site, code="Salle")
    move(third.occurrences.get(), starts=TUESDAY, ends=TUESDAY + HOUR, resource=meeting, **by)
    assert third.occurrences.get().part is None
    assert set(Claim.objects.filter(resource=meeting).values_list("part", flat=True)) == set(
        meeting.parts.values_list("pk", flat=True)
    )


def test_cancelled_it_is_somebody_elses_and_restored_another() -> None:
    desks = zone(2)
    first = booked(desks)
    (one,) = cancel(first.occurrences.get(), by=first.organiser)
    assert not Claim.objects.exists()
    assert desk_of(booked(desks)) == "Atlas 01"
    restore(first, {one.pk: (Status.BOOKED, one.sequence)}, audience=Audience.STAFF, by=first.organiser)
    assert desk_of(first) == "Atlas 02"


def test_who_waits_is_given_the_first_desk_that_comes_free() -> None:
    desks = zone(2)
    first, second = booked(desks), booked(desks)
    said = wish(desks)
    waiting = book(said, audience=Audience.STAFF, by=said.organiser, wait=[TUESDAY])
    assert waiting.occurrences.get().status == Status.WAITING
    cancel(second.occurrences.get(), by=second.organiser)
    assert desk_of(waiting) == "Atlas 02"
    assert desk_of(first) == "Atlas 01"


def test_works_on_one_desk_leave_the_others() -> None:
    desks = zone(2)
    closed(room(site=desks.site, code="Poste 1", parts=[Part.objects.get(code="Atlas 01")]))
    assert desk_of(booked(desks)) == "Atlas 02"
    with pytest.raises(Unavailable):
        booked(desks)


def test_the_clock_moves_and_everybody_keeps_their_desk() -> None:
    desks = zone(2)
    booked(desks)
    series = booked(desks, rule="FREQ=WEEKLY;COUNT=3")
    before = set(Claim.objects.values_list("owner", "part"))
    Claim.objects.update(zones="old")
    assert derive_claims() == []
    assert set(Claim.objects.values_list("owner", "part")) == before
    assert desk_of(series) == "Atlas 02"


def test_the_planning_shows_when_none_is_left() -> None:
    desks = zone(2)
    keeper = staff("spaces", desks.site)
    booked(desks, hours=2)
    booked(desks, starts=TUESDAY + HOUR, hours=1)
    booked(desks, starts=TUESDAY + 2 * HOUR, hours=1)
    booked(desks, starts=TUESDAY + 2 * HOUR, hours=1)
    start, end = local_range(TUESDAY.date(), desks.site.zone)
    (line,) = lines(keeper, [desks], start, end)
    full = [block for block in line.blocks if block.tone == "busy"]
    assert [((block.start - start) / HOUR, (block.end - start) / HOUR) for block in full] == [(11, 13)]
    assert visitor(keeper).get(f"/en/bookings/?site=rabat&day={TUESDAY:%Y-%m-%d}").status_code == 200


def test_calendars_and_pages_say_which_desk() -> None:
    desks = zone(2)
    booked(desks)
    series = booked(desks, rule="FREQ=WEEKLY;COUNT=3")
    text = calendar_of([series], name="x", host="h", hides=lambda _one: False).decode()
    assert "LOCATION:Atlas 02" in text
    assert text.count("BEGIN:VEVENT") == 1
    page = visitor(staff("spaces", desks.site)).get(f"/en/bookings/{series.pk}/").content.decode()
    assert "Atlas 02" in page


def test_a_zone_that_is_renamed_or_moved_takes_its_desks_along() -> None:
    desks = zone(2)
    floor = FloorFactory(building__site=desks.site, level=3)
    desks.code, desks.floor = "Rif", floor
    change_resource(desks, fields=["code", "floor"], by=None)
    assert {(part.code, part.floor) for part in desks.parts.all()} == {("Rif 01", floor), ("Rif 02", floor)}
    assert zone(2, site=desks.site).code == "Atlas"


def test_a_zone_of_other_spaces_leaves_them_their_names() -> None:
    site = SiteFactory(code="rabat")
    rooms = [
        create_resource(Resource(site=site, code=f"Salle {name}", kind="meeting_room"), by=None)
        for name in "AB"
    ]
    zone_of = create_resource(
        Resource(site=site, code="Salle", kind="desk", is_pool=True), joins=rooms, by=None
    )
    zone_of.code = "Calme"
    change_resource(zone_of, fields=["code"], by=None)
    assert {part.code for part in zone_of.parts.all()} == {"Salle A", "Salle B"}


def test_a_zone_gets_further_places_and_keeps_those_it_has() -> None:
    desks = zone(2)
    keeper = visitor(staff("spaces", desks.site))
    address = f"/en/spaces/{desks.pk}/edition/"
    said = {"code": "Atlas", "kind": "desk", "capacity": "1", "places": "4"}
    assert keeper.post(address, said).status_code == 302
    assert [part.code for part in desks.parts.order_by("code")] == [
        f"Atlas {number:02d}" for number in range(1, 5)
    ]
    assert "places" in errors_of(keeper.post(address, said | {"places": "3"}))
    assert desks.parts.count() == 4


def test_the_planning_counts_what_is_left() -> None:
    """Three desks: one from ten to twelve, two from eleven on, all from half past eleven; one comes as all go."""
    desks = zone(3)
    for starts, hours in (
        (TUESDAY, 2),
        (TUESDAY + HOUR, 1),
        (TUESDAY + HOUR * 1.5, 0.5),
        (TUESDAY + HOUR * 2, 1),
    ):
        booked(desks, starts=starts, hours=hours)
    page = visitor(staff("spaces", desks.site)).get(f"/en/planning/?site={desks.site.code}&day=05/01/2027")
    (row,) = page.context["grid"].rows
    assert [
        (f"{one.starts:%H:%M}–{one.ends:%H:%M}", one.block.label, one.block.tone) for one in row.drawn
    ] == [
        ("10:00–11:00", "2 of 3 free", "partly"),
        ("11:00–11:30", "1 of 3 free", "partly"),
        ("11:30–12:00", "None left", "busy"),
        ("12:00–13:00", "2 of 3 free", "partly"),
    ]
    assert page.context["has_zones"]


def test_a_place_is_one_space() -> None:
    site = SiteFactory(code="rabat")
    one, two = room(site=site, code="A"), room(site=site, code="B")
    both = create_resource(Resource(site=site, code="A+B", kind="meeting_room"), joins=[one, two], by=None)
    said = {"site": site.pk, "code": "Z", "kind": "desk", "joins": [one.pk, both.pk], "is_pool": "on"}
    keeper = visitor(staff("spaces", site))
    assert "joins" in errors_of(keeper.post("/en/spaces/new/", said))
    assert keeper.post("/en/spaces/new/", {**said, "joins": [one.pk, two.pk]}).status_code == 302
    assert desk_of(booked(Resource.objects.get(code="Z"))) == "A"


def test_machines_are_told_which_desk() -> None:
    desks = zone(2)
    keeper = staff("spaces", desks.site)
    machine = Machine(keeper)
    booked(desks)
    said = {"resource": desks.pk, "start": "2027-01-05T10:00", "end": "2027-01-05T11:00", "title": "Calme"}
    made = machine("POST", "bookings", {**said, "rrule": "FREQ=WEEKLY;COUNT=2"})
    assert made.status_code == 201
    assert [one["place"] for one in made.json()["occurrences"]] == ["Atlas 02", "Atlas 02"]
    assert machine("POST", "bookings", said).status_code == 409
    (known,) = machine("GET", "resources").json()["items"]
    assert known["is_pool"] is True
    (listed,) = [one for one in machine("GET", "bookings").json()["items"] if one["rrule"]]
    assert listed["occurrences"][0]["place"] == "Atlas 02"


def test_a_zone_is_made_by_hand_with_its_places() -> None:
    site = SiteFactory(code="rabat")
    FloorFactory(building__site=site)
    keeper = visitor(staff("spaces", site))
    said = {
        "site": site.pk,
        "code": "Corniche",
        "kind": "desk",
        "area": "100",
        "capacity": "1",
        "places": "3",
    }
    assert keeper.post("/en/spaces/new/", said).status_code == 302
    made = Resource.objects.get()
    assert made.is_pool
    assert sum(part.area for part in made.parts.all()) == 100
    wrong = {**said, "code": "Phare"}
    assert "places" in errors_of(keeper.post("/en/spaces/new/", wrong | {"places": "1"}))
    assert "is_pool" in errors_of(keeper.post("/en/spaces/new/", wrong | {"places": "", "is_pool": "on"}))


@pytest.mark.django_db(transaction=True)
def test_at_once_as_many_win_as_there_are_desks() -> None:
    desks = zone(3)
    people = [PersonFactory() for _number in range(12)]

    def attempt(number: int) -> bool:
        try:
            booked(desks, organiser=people[number], rule="FREQ=WEEKLY;COUNT=2" if number % 3 == 0 else "")
        except Unavailable:
            return False
        return True

    won = together(*[partial(attempt, number) for number in range(12)])
    assert sum(won) == 3
    first = Occurrence.objects.filter(starts=TUESDAY, status=Status.BOOKED)
    assert len(set(first.values_list("part", flat=True))) == 3


def test_all_of_a_series_moves_together() -> None:
    desks = zone(2)
    booked(desks, starts=TUESDAY + HOUR)
    series = booked(desks, rule="FREQ=WEEKLY;COUNT=3")
    assert desk_of(series) == "Atlas 01"
    move(
        series.occurrences.first(), starts=TUESDAY + HOUR, ends=TUESDAY + 2 * HOUR, scope=Scope.ALL, audience=Audience.STAFF,
        by=series.organiser,
    )  # fmt: skip
    assert [one.part.code for one in Occurrence.objects.filter(booking=series).order_by("starts")] in (
        ["Atlas 02"] * 3,
        ["Atlas 02", "Atlas 01", "Atlas 01"],
    )
