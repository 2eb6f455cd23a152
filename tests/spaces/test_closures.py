"""Works and cleanings stand in the one calendar: what is booked stands in their way, and they in its way."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from fondouk.bookings.wishes import Unavailable
from fondouk.spaces.actions import Taken, derive_claims, lift_closure, reinstate_closure
from fondouk.spaces.models import Claim, Closure, Resource
from fondouk.spaces.queries import rows
from tests.factories import PartFactory, SiteFactory, staff
from tests.factories.bookings import TUESDAY, booked, closed, room
from tests.visiting import errors_of, undo_of, visitor

NEW = "/en/spaces/closures/new/"
DAY = timezone.localdate() + timedelta(days=5)


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site = SiteFactory(code="rabat")
    return SimpleNamespace(
        site=site,
        atlas=room(site=site, code="Atlas"),
        rif=room(site=site, code="Rif"),
        keeper=visitor(staff("spaces", site)),
    )


def said(*spaces: Resource, **values: Any) -> dict[str, Any]:
    return {
        "resources": [one.pk for one in spaces], "reason": "Peinture", "kind": "works", "day": f"{DAY:%d/%m/%Y}", **values,
    }  # fmt: skip


def test_nothing_is_booked_meanwhile_and_afterwards_it_is(park: SimpleNamespace) -> None:
    answer = park.keeper.post(NEW, said(park.atlas, park.rif))
    assert answer.status_code == 302
    closure = Closure.objects.get()
    assert closure.ends - closure.starts == timedelta(days=1)
    at = datetime.combine(DAY, time(10))
    with pytest.raises(Unavailable):
        booked(park.atlas, starts=at)
    booked(park.atlas, starts=at + timedelta(days=1))
    park.keeper.post(undo_of(answer))
    booked(park.atlas, starts=at)
    with pytest.raises(Taken):
        reinstate_closure(closure, by=None)
    closure.refresh_from_db()
    assert closure.lifted_at is not None
    assert not Claim.objects.filter(kind=Closure.CLAIMS).exists()


def test_what_stands_in_the_way_is_shown_and_nothing_is_written(park: SimpleNamespace) -> None:
    booked(park.rif, starts=datetime.combine(DAY, time(15)), title="Comité")
    answer = park.keeper.post(NEW, said(park.atlas, park.rif))
    assert answer.status_code == 422
    assert [row["label"] for row in answer.context["way"]] == ["Comité"]
    assert "/en/bookings/" in answer.context["way"][0]["url"]
    assert not Closure.objects.exists()
    assert park.keeper.post(NEW, said(park.atlas, park.rif, closes="15:00")).status_code == 302


def test_a_part_is_closed_with_all_rooms_made_of_it(db: None) -> None:
    site = SiteFactory()
    first, second = PartFactory(site=site), PartFactory(site=site)
    left = room(site=site, code="A", parts=[first])
    both = room(site=site, code="A+B", parts=[first, second])
    closed(left, both)
    assert Claim.objects.count() == 2  # each part once
    with pytest.raises(Unavailable):
        booked(room(site=site, code="B", parts=[second]), starts=TUESDAY)


def test_closed_at_this_moment_it_is_out_of_use(park: SimpleNamespace) -> None:
    now = timezone.now().replace(tzinfo=None)
    closure = closed(park.atlas, starts=now - timedelta(hours=2), hours=8)
    state = {row.resource.code: row.state for row in rows([park.atlas, park.rif], timezone.localdate())}
    assert state == {"Atlas": "works", "Rif": "free"}
    lift_closure(closure, by=None)
    assert rows([park.atlas], timezone.localdate())[0].state == "free"


def test_it_is_worked_out_again_from_the_clock(park: SimpleNamespace) -> None:
    closed(park.atlas)
    before = Claim.objects.get()
    Claim.objects.update(zones="2020.1", during=(before.start + timedelta(hours=1), before.end))
    derive_claims()
    assert Claim.objects.get().during == before.during


def test_what_is_refused_says_so(park: SimpleNamespace) -> None:
    other = room(site=SiteFactory(code="fes"), code="F")
    yesterday = f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"
    for values, field in (
        ({"day": yesterday}, "closes"),
        ({"begins": "12:00", "closes": "11:00"}, "closes"),
        ({"last_day": yesterday}, "last_day"),
        ({"reason": ""}, "reason"),
        ({"resources": []}, "resources"),
        ({"resources": [other.pk]}, "resources"),
    ):
        answer = park.keeper.post(NEW, said(park.atlas) | values)
        assert answer.status_code == 422, values
        assert set(errors_of(answer)) == {field}, values
    assert not Closure.objects.exists()


def test_the_planning_shows_it_and_leads_to_it(park: SimpleNamespace) -> None:
    closure = closed(park.atlas, reason="Moquette")
    shown = park.keeper.get(f"/en/planning/?site=rabat&day={TUESDAY:%Y-%m-%d}").content.decode()
    assert f"/en/spaces/closures/{closure.pk}/" in shown
    assert "fk-block-works" in shown
    assert "Moquette" in park.keeper.get("/en/spaces/closures/").content.decode()
