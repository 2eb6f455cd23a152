"""A re-layout has a date: nothing stands on the old spaces after it, nor on the new ones before it, and it is refused with
the list of what does.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fondouk.bookings.actions import cancel, restore
from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.queries import Search, search
from fondouk.bookings.wishes import Unavailable
from fondouk.contracts.actions.occupying import occupy
from fondouk.spaces.actions import (
    Begun,
    NewSpace,
    Relaid,
    Taken,
    draw,
    relay,
    restore_resource,
    set_plan,
    take_back,
)
from fondouk.spaces.models import Claim, Layout, Part, Resource
from fondouk.spaces.queries import parts_on, picture, rows, summary
from tests.factories import (
    BuildingFactory,
    ContractLineFactory,
    FloorFactory,
    PartFactory,
    PersonFactory,
    SiteFactory,
    staff,
)
from tests.factories.bookings import booked, room
from tests.threads import together
from tests.visiting import errors_of, visitor

NEW = "/en/spaces/layouts/new/"
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=30)
BEFORE, AFTER = (datetime.combine(DAY + timedelta(days=shift), time(10)) for shift in (-3, 3))


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site = SiteFactory(code="rabat")
    floor = FloorFactory(building=BuildingFactory(site=site))
    left, right = (PartFactory(site=site, floor=floor, code=code, area=20) for code in ("A", "B"))
    return SimpleNamespace(
        site=site,
        floor=floor,
        a=room(site=site, floor=floor, code="A", parts=[left]),
        b=room(site=site, floor=floor, code="B", parts=[right]),
        both=room(site=site, floor=floor, code="A+B", parts=[left, right]),
        by=PersonFactory(),
        keeper=visitor(staff("spaces", site)),
    )


def planned(park: SimpleNamespace, *goes: Resource, comes: Any = None, on: date = DAY) -> Layout:
    said = comes or [NewSpace("A1", "meeting_room", Decimal(9)), NewSpace("A2", "meeting_room", Decimal(11))]
    layout = Layout(site=park.site, starts_on=on, reason="Cloison")
    return relay(layout, goes=list(goes or [park.a]), comes=said, by=park.by)


def form(
    *goes: Resource, comes: Any = (("A1", "9", "", ""), ("A2", "11", "", "")), **values: Any
) -> dict[str, Any]:
    found = {
        "goes": [one.pk for one in goes], "starts_on": f"{DAY:%d/%m/%Y}", "reason": "Cloison",
        "comes-TOTAL_FORMS": "4", "comes-INITIAL_FORMS": "0", **values,
    }  # fmt: skip
    for place, (code, area, capacity, joins) in enumerate(comes):
        found |= {
            f"comes-{place}-{name}": said
            for name, said in (
                ("code", code), ("kind", "meeting_room"), ("area", area), ("capacity", capacity), ("joins", joins),
            )
        }  # fmt: skip
    return found


def test_the_old_spaces_are_there_until_that_day_and_the_new_ones_from_it(park: SimpleNamespace) -> None:
    assert park.keeper.post(NEW, form(park.a)).status_code == 302
    layout = Layout.objects.get()
    assert [one.code for one in layout.old.order_by("pk")] == ["A", "A+B"]  # which was made of it
    new = layout.new.get(code="A1")
    for space in (park.a, park.both):
        space.refresh_from_db()
        booked(space, starts=BEFORE if space == park.a else BEFORE + timedelta(hours=2))
        with pytest.raises(ValidationError) as refused:
            booked(space, starts=AFTER)
        assert refused.value.message_dict.keys() == {"resource"}
    booked(park.b, starts=AFTER)  # its part stays
    with pytest.raises(ValidationError) as refused:
        booked(new, starts=BEFORE)
    assert refused.value.message_dict.keys() == {"resource"}
    assert {one.code for one in Resource.objects.in_use()} == {"A", "B", "A+B"}
    assert {one.code for one in Resource.objects.in_use(DAY)} == {"A1", "A2", "B"}
    assert {one.code for one in Resource.objects.lasting()} == {"A", "B", "A+B", "A1", "A2"}


def test_the_square_metres_are_those_of_the_day(park: SimpleNamespace) -> None:
    planned(park, park.a, comes=[NewSpace("C", "office", Decimal(12))])
    every = Resource.objects.filter(site=park.site)
    assert summary(every.in_use(), TODAY).area == 40
    assert summary(every.in_use(DAY), DAY).area == 32


def test_later_claims_of_any_kind_refuse_it_with_the_list(park: SimpleNamespace) -> None:
    booked(park.a, starts=AFTER, title="Comité")
    booked(park.a, starts=BEFORE)
    line = ContractLineFactory(resource=park.b, contract__site=park.site)
    occupy()
    answer = visitor(staff("site_manager", park.site)).post(NEW, form(park.a, park.b))
    assert answer.status_code == 422
    found = answer.context["way"]
    assert {row["label"] for row in found} == {"Comité", line.contract.company.label}
    assert all(row["url"] for row in found)
    assert not Layout.objects.exists()
    assert not Resource.objects.filter(code__in=["A1", "A2"]).exists()
    assert not Resource.objects.exclude(withdrawn_on=None).exists()


def test_a_contract_does_not_outlast_the_office_it_holds(park: SimpleNamespace) -> None:
    planned(park)
    ContractLineFactory(resource=park.a)
    with pytest.raises(Taken):
        occupy()


def test_it_is_taken_back_as_long_as_nothing_stands_on_the_new(park: SimpleNamespace) -> None:
    layout = planned(park)
    new = layout.new.get(code="A1")
    booking = booked(new, starts=AFTER)
    with pytest.raises(Taken) as taken:
        take_back(layout, by=park.by)
    assert [one.label for one in taken.value.conflicts] == ["Réunion"]
    cancel(booking.occurrences.get(), by=booking.organiser)
    assert park.keeper.post(f"/en/spaces/layouts/{layout.pk}/return/").status_code == 302
    park.a.refresh_from_db()
    assert park.a.withdrawn_on is None
    assert not Claim.objects.filter(kind=Layout.CLAIMS).exists()
    booked(park.both, starts=AFTER)
    # What a booking names stays, out of use; the other is gone with its part.
    assert {one.code for one in Resource.objects.exclude(withdrawn_on=None)} == {"A1"}
    assert not Part.objects.filter(code="A2").exists()
    assert take_back(layout, by=park.by).taken_back_at is not None  # once more changes nothing
    # Nor does it come back by another way: not by its own button, nor with a booking that is restored.
    new.refresh_from_db()
    assert new.is_gone
    with pytest.raises(Relaid):
        restore_resource(new, by=park.by)
    (one,) = booking.occurrences.all()
    with pytest.raises(Unavailable):
        restore(
            booking, {one.pk: (Status.BOOKED, one.sequence)}, audience=Audience.STAFF, by=booking.organiser
        )


def test_a_zone_stays_with_the_places_that_are_left(park: SimpleNamespace) -> None:
    zone = room(site=park.site, code="Zone", parts=[park.a.parts.get(), park.b.parts.get()], is_pool=True)
    first, second = booked(zone, starts=AFTER), booked(zone, starts=AFTER)
    with pytest.raises(Taken):
        planned(park, park.a)
    cancel(first.occurrences.get(), by=first.organiser)
    layout = planned(park, park.a)
    assert zone not in layout.old.all()
    zone.refresh_from_db()
    assert zone.withdrawn_on is None
    cancel(second.occurrences.get(), by=second.organiser)
    assert booked(zone, starts=AFTER).occurrences.get().part.code == "B"
    with pytest.raises(Unavailable):
        booked(zone, starts=AFTER)


def test_once_it_has_begun_it_stays(park: SimpleNamespace) -> None:
    layout = planned(park, on=TODAY)
    take_back(layout, by=park.by)  # a mistake of its first day
    layout = planned(park, on=TODAY)
    Layout.objects.filter(pk=layout.pk).update(starts_on=TODAY - timedelta(days=1))
    with pytest.raises(Begun):
        take_back(Layout.objects.get(pk=layout.pk), by=park.by)
    park.a.refresh_from_db()
    assert park.a.is_gone
    with pytest.raises(Relaid):
        restore_resource(park.a, by=park.by)
    assert park.keeper.post(f"/en/spaces/{park.a.pk}/return/").status_code == 302
    assert park.keeper.get(f"/en/spaces/{park.a.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("changed", "beside"),
    [
        ({"starts_on": f"{TODAY - timedelta(days=1):%d/%m/%Y}"}, {"starts_on"}),
        ({"starts_on": "soon"}, {"starts_on"}),
        ({"reason": "  "}, {"reason"}),
        ({"goes": []}, {"goes"}),
        ({"comes-0-code": "", "comes-0-area": "", "comes-1-code": "", "comes-1-area": ""}, set()),
        ({"comes-0-code": "b"}, {"code"}),
        ({"comes-1-code": "a1"}, {"code"}),
        ({"comes-0-area": "0"}, {"area"}),
        ({"comes-0-area": "much"}, {"area"}),
        ({"comes-2-code": "Z", "comes-2-joins": "A1"}, {"joins"}),
        ({"comes-2-code": "Z", "comes-2-joins": "A1 + Q"}, {"joins"}),
        ({"comes-2-code": "Z", "comes-2-joins": "A1 + A2", "comes-2-area": "3"}, {"area"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    park: SimpleNamespace, changed: dict[str, Any], beside: set[str]
) -> None:
    answer = park.keeper.post(NEW, form(park.a) | changed | {"comes-2-kind": "office"})
    assert answer.status_code == 422
    said = set(errors_of(answer, "form")) | {name for row in answer.context["comes"] for name in row.errors}
    assert said - {"__all__"} == beside
    assert not Layout.objects.exists()
    assert 'value="Cloison"' in answer.content.decode() or "reason" in changed


def test_further_rows_lose_nothing(park: SimpleNamespace) -> None:
    answer = park.keeper.post(NEW, form(park.a) | {"more": "yes", "comes-0-area": "much"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'value="A1"' in text and 'value="much"' in text and 'name="comes-6-code"' in text
    assert "fk-error" not in text


def test_a_new_room_may_join_two_new_ones(park: SimpleNamespace) -> None:
    comes = (("A1+A2", "", "12", "A1 + a2"), ("A1", "9", "", ""), ("A2", "11", "", ""))
    assert park.keeper.post(NEW, form(park.a, comes=comes)).status_code == 302
    assert Resource.objects.get(code="A1+A2").parts.count() == 2
    assert Part.objects.count() == 4


def test_spaces_of_two_floors_or_of_another_site_are_refused(park: SimpleNamespace) -> None:
    other = room(site=park.site, floor=FloorFactory(building=park.floor.building, level=3), code="E3")
    with pytest.raises(ValidationError) as refused:
        planned(park, park.a, other)
    assert refused.value.message_dict.keys() == {"goes"}
    strange = room(site=SiteFactory(code="tanger"), code="X")
    answer = park.keeper.post(NEW, form(strange))
    assert answer.status_code == 422
    assert park.keeper.get("/en/spaces/layouts/").status_code == 200


def test_the_plan_of_a_day_shows_what_is_there_then(park: SimpleNamespace) -> None:
    layout = planned(park)
    plan = set_plan(park.floor, width=1000, height=500, by=park.by)
    square = [[0, 0], [100, 0], [100, 100], [0, 100]]
    old, new = park.a.parts.get(), layout.new.get(code="A1").parts.get()
    draw(plan, {old.pk: square}, by=park.by, among=[part.pk for part in parts_on(park.floor, TODAY)])
    draw(plan, {new.pk: square}, by=park.by, among=[part.pk for part in parts_on(park.floor, DAY)])
    assert [one.row.resource.code for one in picture(park.floor, TODAY).drawn] == ["A"]
    assert [one.row.resource.code for one in picture(park.floor, DAY).drawn] == ["A1"]
    answer = park.keeper.get(f"/en/spaces/plan/{park.floor.pk}/edit/", {"as_of": f"{DAY:%Y-%m-%d}"})
    assert answer.status_code == 200, answer.headers
    page = answer.content.decode()
    assert f'id="part-{new.pk}"' in page and f'id="part-{old.pk}"' not in page
    assert rows([layout.new.get(code="A1")], TODAY)[0].state == "works"


@pytest.mark.django_db(transaction=True)
def test_at_once_with_bookings_one_or_the_other(park: SimpleNamespace) -> None:
    """Never both: a re-layout, and a booking on a space that goes, after it."""
    starts = [AFTER + timedelta(hours=hour) for hour in range(-2, 4)]
    people = [PersonFactory() for _start in starts]

    def book_one(number: int) -> str:
        try:
            booked(park.both, starts=starts[number], organiser=people[number])
        except (Unavailable, ValidationError):
            return "refused"
        return "booked"

    def relay_one() -> str:
        try:
            planned(park)
        except Taken as taken:
            assert taken.conflicts
            return "taken"
        return "relaid"

    said = together(*[partial(book_one, number) for number in range(6)], relay_one)
    assert ("relaid" in said) != ("booked" in said)
    assert Claim.objects.filter(kind="booking").exists() == ("booked" in said)
    assert Layout.objects.exists() == ("relaid" in said)


def test_staff_of_another_site_see_nothing_of_it(park: SimpleNamespace) -> None:
    layout = planned(park)
    stranger = visitor(staff("spaces", SiteFactory(code="tanger")))
    assert stranger.get(f"/en/spaces/layouts/{layout.pk}/").status_code == 404
    assert stranger.post(f"/en/spaces/layouts/{layout.pk}/return/").status_code == 404
    assert "Cloison" not in stranger.get("/en/spaces/layouts/").content.decode()


def test_rooms_are_searched_and_planned_on_the_days_when_they_are_there(park: SimpleNamespace) -> None:
    planned(park)

    def found(at: datetime) -> set[str]:
        rooms = search(
            Resource.objects.filter(site=park.site), Search(at, at + timedelta(hours=1)), Audience.STAFF
        )
        return {one.resource.code for one in rooms}

    assert found(BEFORE) == {"A", "B", "A+B"}
    assert found(AFTER) == {"A1", "A2", "B"}
    page = f"/en/planning/?site=rabat&day={AFTER:%Y-%m-%d}"
    assert 'data-name="A1"' in park.keeper.get(page).content.decode()
    assert 'data-name="A1"' not in park.keeper.get("/en/planning/?site=rabat").content.decode()
