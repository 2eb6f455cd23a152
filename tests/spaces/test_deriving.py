"""When the law moves the clock: what the wall promised is held again, and collisions are listed for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from fondouk.audit.models import Entry
from fondouk.lib.zones import zones_version
from fondouk.spaces import claims
from fondouk.spaces.actions import claim, derive_claims, release
from fondouk.spaces.claims import Owner, Wanted
from fondouk.spaces.models import Claim, Displacement
from fondouk.spaces.tasks import derive
from fondouk.todos.queries import piles
from tests.factories import PartFactory, staff

pytestmark = pytest.mark.django_db
TEN, HOUR = datetime(2027, 1, 5, 10, tzinfo=UTC), timedelta(hours=1)
PROMISES: dict[int, list[Wanted]] = {}


def promised(owners: Collection[int]) -> list[Wanted]:
    return [wanted for owner in sorted(owners) for wanted in PROMISES.get(owner, [])]


@pytest.fixture(autouse=True)
def _owner() -> Iterator[None]:
    claims.register(Owner(code="tested", label="Tested", derive=promised))
    PROMISES.clear()
    yield
    del claims.OWNERS["tested"]


def hold(owner: int, part: int, start: datetime, hours: int = 1) -> None:
    claim("tested", [Wanted(owner, part, start, start + hours * HOUR)])


def promise(owner: int, part: int, start: datetime, hours: int = 1) -> None:
    PROMISES[owner] = [Wanted(owner, part, start, start + hours * HOUR)]


def held() -> dict[int, datetime | None]:
    return {one.owner: one.start for one in Claim.objects.all()}


def test_all_move_at_once_also_where_each_takes_the_place_of_the_next() -> None:
    part = PartFactory().pk
    for number in range(4):
        hold(number, part, TEN + number * HOUR)
        promise(number, part, TEN + (number + 1) * HOUR)
    Claim.objects.update(zones="2025.2")
    assert derive_claims() == []
    assert held() == {number: TEN + (number + 1) * HOUR for number in range(4)}
    assert set(Claim.objects.values_list("zones", flat=True)) == {zones_version()}
    assert Entry.objects.get(verb="spaces.claims_derived").facts["claims"] == 4


def test_nothing_is_done_where_nothing_is_old() -> None:
    hold(1, PartFactory().pk, TEN)
    promise(1, Claim.objects.get().part_id, TEN + HOUR)
    assert derive_claims() == []
    assert held() == {1: TEN}
    assert not Entry.objects.exists()


def test_what_is_over_stays_as_it_was() -> None:
    hold(1, PartFactory().pk, TEN)
    Claim.objects.update(zones="2025.2")
    assert derive_claims(now=TEN + HOUR) == []
    assert held() == {1: TEN}


def test_two_that_collide_now_the_first_stays_and_the_other_is_listed() -> None:
    """Of two sites' clocks one moves and the other does not: a room that both share is wanted twice."""
    part, other = PartFactory().pk, PartFactory().pk
    hold(1, part, TEN)
    hold(2, part, TEN + HOUR)
    hold(3, other, TEN)
    promise(1, part, TEN + HOUR)
    promise(2, part, TEN + HOUR + timedelta(minutes=1))
    promise(3, other, TEN + HOUR)
    Claim.objects.update(zones="2025.2")
    displaced = derive_claims()
    assert [(one.owner, one.part_id) for one in displaced] == [(2, part)]
    assert held() == {1: TEN + HOUR, 3: TEN + HOUR}
    assert derive_claims() == []
    waiting = [pile for pile in piles(staff("spaces"), limit=20) if pile.source.code == "displaced"]
    assert [(pile.count, pile.items[0].due) for pile in waiting] == [(1, TEN.date())]
    release("tested", [2])
    assert not Displacement.objects.open().exists()


def test_what_is_new_stays_where_it_is() -> None:
    """A claim derived with today's data does not give way to an older one that moves onto it."""
    part = PartFactory().pk
    hold(1, part, TEN)
    Claim.objects.update(zones="2025.2")
    hold(2, part, TEN + HOUR)
    promise(1, part, TEN + HOUR)
    assert [one.owner for one in derive_claims()] == [1]
    assert held() == {2: TEN + HOUR}


def test_every_night_and_by_hand() -> None:
    from fondouk.project.cli.calendar import calendar

    part = PartFactory().pk
    for work in (lambda: derive(0), lambda: CliRunner().invoke(calendar, ["derive"], catch_exceptions=False)):
        Claim.objects.all().delete()
        hold(1, part, TEN)
        Claim.objects.update(zones="2025.2")
        promise(1, part, TEN + HOUR)
        work()
        assert held() == {1: TEN + HOUR}
