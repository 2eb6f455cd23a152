"""What is free is what nobody claims."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from fondouk.spaces import claims
from fondouk.spaces.actions import Taken, claim
from fondouk.spaces.claims import Owner, Wanted
from fondouk.spaces.models import Claim
from fondouk.spaces.queries import blocked, taken
from tests.factories import PartFactory, ResourceFactory

pytestmark = pytest.mark.django_db
TEN, HOUR = datetime(2027, 1, 5, 10, tzinfo=UTC), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _owner() -> Iterator[None]:
    claims.register(Owner(code="tested", label="Tested"))
    yield
    del claims.OWNERS["tested"]


def test_rooms_that_combine_are_blocked_through_their_parts() -> None:
    a, b = PartFactory(), PartFactory()
    one, other, both = (ResourceFactory(parts=parts) for parts in ([a], [b], [a, b]))
    claim("tested", [Wanted(1, a.pk, TEN, TEN + HOUR)])
    slots = [(TEN - HOUR, TEN), (TEN, TEN + HOUR), (TEN + HOUR, TEN + 2 * HOUR), (TEN - HOUR, TEN + 3 * HOUR)]
    assert blocked([one.pk, other.pk, both.pk], slots) == {one.pk: [1, 3], both.pk: [1, 3]}
    assert blocked([other.pk], slots) == {}
    assert blocked([], slots) == blocked([one.pk], []) == {}
    assert taken(slots) == [set(), {a.pk}, set(), {a.pk}]


def test_a_hold_that_has_run_out_blocks_nobody() -> None:
    room = ResourceFactory()
    part = room.parts.get()
    claim("tested", [Wanted(1, part.pk, TEN, TEN + HOUR, expires_at=timezone.now() + HOUR)])
    assert blocked([room.pk], [(TEN, TEN + HOUR)]) == {room.pk: [0]}
    Claim.objects.update(expires_at=timezone.now() - HOUR)
    assert blocked([room.pk], [(TEN, TEN + HOUR)]) == {}


def test_as_a_plain_look_at_every_claim_says() -> None:
    chance = random.Random(4)
    parts = [PartFactory() for _number in range(4)]
    rooms = [ResourceFactory(parts=some) for some in ([parts[0]], [parts[1]], parts[1:3], parts)]
    for owner in range(120):
        start = TEN + chance.randrange(400) * timedelta(minutes=15)
        end = None if owner == 60 else start + chance.randrange(1, 12) * timedelta(minutes=15)
        try:
            claim("tested", [Wanted(owner, chance.choice(parts).pk, start, end)])
        except Taken:
            continue
    slots = [(TEN + number * HOUR, TEN + (number + 2) * HOUR) for number in range(110)]
    found = blocked([room.pk for room in rooms], slots)
    held = list(Claim.objects.all())
    for room in rooms:
        mine = {part.pk for part in room.parts.all()}
        assert sorted(found.get(room.pk, [])) == [
            place
            for place, (start, end) in enumerate(slots)
            if any(
                one.part_id in mine and one.start < end and (one.end is None or start < one.end)
                for one in held
            )
        ]
