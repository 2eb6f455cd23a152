"""One calendar of occupation: no part is claimed twice, whoever asks, however many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from fondouk.spaces import claims
from fondouk.spaces.actions import Taken, claim, conflicts, lock_parts, release, replace, rewrite
from fondouk.spaces.claims import Owner, Shown, Wanted
from fondouk.spaces.models import Claim, Part
from fondouk.spaces.signals import claims_released
from tests.factories import PartFactory, ResourceFactory
from tests.threads import errors, together

KIND = "tested"
TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _owner() -> Iterator[None]:
    claims.register(Owner(code=KIND, label="Tested"))
    yield
    del claims.OWNERS[KIND]


def wanted(owner: int, part: Part, start: float = 0, hours: float = 1, **extra: Any) -> Wanted:
    return Wanted(owner, part.pk, TEN + start * HOUR, TEN + (start + hours) * HOUR, **extra)


def held() -> list[tuple[int, int]]:
    return sorted(Claim.objects.values_list("owner", "part"))


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_part_is_claimed_once(self) -> None:
        part = PartFactory()
        claim(KIND, [wanted(1, part)])
        with pytest.raises(Taken) as taken:
            claim(KIND, [wanted(2, part, 0.5)])
        assert [one.owner for one in taken.value.conflicts] == [1]
        assert held() == [(1, part.pk)]

    def test_the_end_is_not_part_of_it(self) -> None:
        part = PartFactory()
        claim(KIND, [wanted(1, part)])
        claim(KIND, [wanted(2, part, 1)])
        claim(KIND, [wanted(3, part, -1)])
        assert len(held()) == 3

    def test_a_combined_room_takes_all_its_parts_or_none(self) -> None:
        a, b = PartFactory(), PartFactory()
        claim(KIND, [wanted(1, b)])
        with pytest.raises(Taken):
            claim(KIND, [wanted(2, a), wanted(2, b)])
        assert held() == [(1, b.pk)]
        claim(KIND, [wanted(3, a)])

    def test_two_wishes_of_one_request_exclude_each_other_too(self) -> None:
        part = PartFactory()
        with pytest.raises(Taken) as taken:
            claim(KIND, [wanted(1, part), wanted(1, part, 0.5)])
        assert taken.value.conflicts == []
        assert held() == []

    def test_without_end(self) -> None:
        part = PartFactory()
        claim(KIND, [Wanted(1, part.pk, TEN, None)])
        assert [one.owner for one in conflicts([wanted(2, part, 24 * 365 * 30)])] == [1]
        assert conflicts([wanted(2, part, -1)]) == []

    def test_moving_gives_back_and_takes_in_one(self) -> None:
        a, b = PartFactory(), PartFactory()
        claim(KIND, [wanted(1, a), wanted(2, b)])
        replace(KIND, [1], [wanted(1, a, 0.5)])
        with pytest.raises(Taken):
            replace(KIND, [1], [wanted(1, b, 0.5)])
        assert held() == [(1, a.pk), (2, b.pk)]
        rewrite({KIND: ([1, 2], [wanted(1, b), wanted(2, a)])})
        assert held() == [(1, b.pk), (2, a.pk)]

    def test_a_hold_that_has_run_out_gives_way(self) -> None:
        part = PartFactory()
        claim(KIND, [wanted(1, part, expires_at=timezone.now() + HOUR)])
        with pytest.raises(Taken):
            claim(KIND, [wanted(2, part)])
        Claim.objects.update(expires_at=timezone.now())
        assert conflicts([wanted(2, part)]) == []
        claim(KIND, [wanted(2, part)])
        assert held() == [(2, part.pk)]

    def test_what_is_freed_is_announced_once(self) -> None:
        part, heard = PartFactory(), []

        def listen(spans: Any, **_extra: Any) -> None:
            heard.append(spans)

        claims_released.connect(listen)
        try:
            claim(KIND, [wanted(1, part)])
            replace(KIND, [1], [wanted(1, part)])  # as it was: nothing is freed
            release(KIND, [1])
            release(KIND, [1])
        finally:
            claims_released.disconnect(listen)
        assert heard == [[(part.pk, TEN, TEN + HOUR)]]

    def test_only_registered_owners_claim(self) -> None:
        with pytest.raises(LookupError):
            claim("nobody", [wanted(1, PartFactory())])

    @pytest.mark.parametrize(
        ("bounds", "start", "end"), [("[]", TEN, TEN + HOUR), ("(]", TEN, TEN + HOUR), ("[)", TEN, TEN)]
    )
    def test_time_is_half_open_and_not_empty(self, bounds: str, start: datetime, end: datetime) -> None:
        with pytest.raises(IntegrityError, match="claim_half_open"):
            Claim.objects.create(
                part=PartFactory(), during=DateTimeTZRange(start, end, bounds), kind=KIND, owner=1, zones="x"
            )

    def test_what_is_shown_is_the_owners_affair(self) -> None:
        del claims.OWNERS[KIND]
        claims.register(
            Owner(
                code=KIND,
                label="Tested",
                show=lambda account, found: {
                    one.pk: Shown(f"{account} {one.owner}") for one in found if one.owner == 1
                },
            )
        )
        part = PartFactory()
        claim(KIND, [wanted(1, part), wanted(2, part, 1)])
        assert [one.label for one in claims.shown("for me", list(Claim.objects.all())).values()] == [
            "for me 1"
        ]

    def test_more_parts_than_locks_still_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("fondouk.spaces.actions.claiming.MANY", 2)
        parts = [PartFactory() for _number in range(4)]
        claim(KIND, [wanted(1, part) for part in parts])
        assert len(held()) == 4


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_of_many_gets_the_slot(self) -> None:
        part = PartFactory()
        outcomes = together(*(lambda owner=owner: claim(KIND, [wanted(owner, part)]) for owner in range(8)))
        assert [type(error) for error in errors(outcomes)] == [Taken] * 7
        assert Claim.objects.count() == 1

    def test_crossing_wishes_do_not_kill_each_other(self) -> None:
        """A then B, and B then A: PostgreSQL would end one of them with a deadlock if they locked as they come."""
        a, b = PartFactory(), PartFactory()
        rooms = ([a, b], [b, a])
        outcomes = together(
            *(
                lambda owner=owner: claim(KIND, [wanted(owner, part, owner) for part in rooms[owner % 2]])
                for owner in range(8)
            )
        )
        assert errors(outcomes) == []
        assert Claim.objects.count() == 16

    def test_whoever_writes_past_the_actions_is_refused_too(self) -> None:
        """The constraint judges, not the lock."""
        part = PartFactory()

        def write(owner: int) -> Any:
            return lambda: Claim.objects.create(
                part=part, during=DateTimeTZRange(TEN, TEN + HOUR, "[)"), kind=KIND, owner=owner, zones="x"
            )

        assert len(errors(together(*(write(owner) for owner in range(6))))) == 5
        assert Claim.objects.count() == 1

    def test_a_deadlock_is_an_answer_like_another(self) -> None:
        """Somebody who takes rows without asking for locks: nobody sees more than "taken"."""
        a, b = PartFactory(), PartFactory()

        def rough(first: Part, second: Part, owner: int) -> Any:
            def act() -> None:
                with transaction.atomic():
                    claim(KIND, [wanted(owner, first)])
                    claim(KIND, [wanted(owner, second)])

            return act

        outcomes = together(rough(a, b, 1), rough(b, a, 2))
        assert {type(error) for error in errors(outcomes)} <= {Taken}
        owners = set(Claim.objects.values_list("owner", flat=True))
        assert len(owners) == 1
        assert Claim.objects.count() == 2

    def test_locks_are_held_until_the_transaction_ends(self) -> None:
        part = PartFactory()
        with transaction.atomic():
            lock_parts([part.pk])
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                )
                assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_rooms_that_combine_overlap_through_their_parts() -> None:
    """Majorelle A, B and A+B: nobody said that the third is above the others."""
    a, b = PartFactory(), PartFactory()
    rooms = {
        "A": ResourceFactory(parts=[a]),
        "B": ResourceFactory(parts=[b]),
        "A+B": ResourceFactory(parts=[a, b]),
    }

    def book(owner: int, name: str) -> None:
        room = rooms[name]
        claim(KIND, [wanted(owner, part, resource=room.pk) for part in room.parts.all()])

    book(1, "A+B")
    for name in ("A", "B"):
        with pytest.raises(Taken):
            book(2, name)
    release(KIND, [1])
    book(3, "A")
    book(4, "B")
    with pytest.raises(Taken) as taken:
        book(5, "A+B")
    assert {one.owner for one in taken.value.conflicts} == {3, 4}
