"""What contracts hold on the calendar of occupation: their lines, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from fondouk.contracts.actions import EXCLUSIVE, SHARED, occupy
from fondouk.contracts.actions.occupying import Span, merged, without
from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import ContractLine, ContractTermination
from fondouk.demo.actions import load_demonstration
from fondouk.lib.demonstration import Scene
from fondouk.spaces.actions import Taken, claim
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Claim, Part
from tests.factories import ContractFactory, ContractLineFactory, PartFactory, ResourceFactory

START, END = date(2026, 1, 1), date(2026, 12, 1)


def spans(part: Part, kind: str = "") -> list[tuple[Any, Any]]:
    found = Claim.objects.filter(part=part, **({"kind": kind} if kind else {})).order_by("during")
    return [(one.start, one.end) for one in found]


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestOccupying:
    def test_a_line_claims_every_part_of_its_space_from_midnight_to_midnight(self) -> None:
        """On the clock of the site: UTC+1 in January 2026, UTC since September."""
        a, b = PartFactory(), PartFactory()
        line = ContractLineFactory(resource=ResourceFactory(parts=[a, b]), period=DateRange(START, END))
        occupy([a.pk])
        assert spans(a) == spans(b) == [(utc(2025, 12, 31, 23), utc(2026, 12, 1))]
        held = Claim.objects.get(part=a)
        assert (held.kind, held.owner, held.company_id) == (EXCLUSIVE, line.pk, line.contract.company_id)

    def test_without_end_and_ended_early(self) -> None:
        open_ended = ContractLineFactory(period=DateRange(START, None))
        ended = ContractLineFactory(period=DateRange(START, None))
        ContractTermination.objects.create(contract=ended.contract, on=date(2026, 11, 30))
        occupy()
        assert spans(open_ended.resource.parts.get())[0][1] is None
        assert spans(ended.resource.parts.get())[0][1] == utc(2026, 12, 1)

    def test_one_that_was_ended_before_it_began_claims_nothing(self) -> None:
        line = ContractLineFactory(period=DateRange(START, END))
        ContractTermination.objects.create(contract=line.contract, on=date(2025, 12, 1))
        occupy()
        assert not Claim.objects.exists()

    def test_those_who_share_claim_together(self) -> None:
        room = ResourceFactory(kind="coworking")
        for start, end in ((1, 4), (3, 6), (8, 9)):
            period = DateRange(date(2027, start, 1), date(2027, end, 1))
            ContractLineFactory(resource=room, occupancy=Occupancy.PLACES, places=2, period=period)
        occupy()
        part = room.parts.get()
        assert spans(part, SHARED) == [(utc(2027, 1, 1), utc(2027, 6, 1)), (utc(2027, 8, 1), utc(2027, 9, 1))]
        assert spans(part) == spans(part, SHARED)

    def test_who_holds_it_alone_comes_before_who_shares(self) -> None:
        room = ResourceFactory()
        for occupancy, start, end in ((Occupancy.SHARED, 1, 12), (Occupancy.EXCLUSIVE, 3, 5)):
            ContractLineFactory(
                resource=room, occupancy=occupancy, period=DateRange(date(2027, start, 1), date(2027, end, 1))
            )
        occupy()
        part = room.parts.get()
        assert spans(part, EXCLUSIVE) == [(utc(2027, 3, 1), utc(2027, 5, 1))]
        assert spans(part, SHARED) == [
            (utc(2027, 1, 1), utc(2027, 3, 1)),
            (utc(2027, 5, 1), utc(2027, 12, 1)),
        ]

    def test_again_is_the_same_and_what_went_is_given_back(self) -> None:
        lines = [ContractLineFactory(period=DateRange(START, END)) for _number in range(3)]
        occupy()
        before = sorted(Claim.objects.values_list("part", "owner", "during"))
        occupy()
        assert sorted(Claim.objects.values_list("part", "owner", "during")) == before
        parts = [line.resource.parts.get().pk for line in lines]
        lines[0].delete()
        occupy([parts[0]])
        assert sorted(Claim.objects.values_list("part", flat=True)) == sorted(parts[1:])

    def test_two_contracts_never_hold_one_part_through_two_spaces(self) -> None:
        """Room A and room A+B: the lines do not know each other, the parts do."""
        a, b = PartFactory(), PartFactory()
        ContractLineFactory(resource=ResourceFactory(parts=[a]), period=DateRange(START, END))
        ContractLineFactory(resource=ResourceFactory(parts=[a, b]), period=DateRange(START, END))
        with pytest.raises(Taken):
            occupy()
        assert not Claim.objects.exists()

    def test_an_office_under_contract_is_not_booked(self) -> None:
        line = ContractLineFactory(period=DateRange(START, END))
        occupy()
        part = line.resource.parts.get()
        with pytest.raises(Taken) as taken:
            claim(SHARED, [Wanted(1, part.pk, utc(2026, 11, 30, 9), utc(2026, 11, 30, 10))])
        assert [one.company for one in taken.value.conflicts] == [line.contract.company]


@pytest.mark.django_db
def test_the_demonstration_has_a_claim_for_every_line_and_no_other() -> None:
    load_demonstration(Scene(date(2026, 11, 27), scale=0.05))
    alone = ContractLine.objects.filter(occupancy=Occupancy.EXCLUSIVE).select_related("contract__termination")
    wanted = sorted((part.pk, line.pk) for line in alone for part in line.resource.parts.all())
    assert sorted(Claim.objects.filter(kind=EXCLUSIVE).values_list("part", "owner")) == wanted
    shared = ContractLine.objects.exclude(occupancy=Occupancy.EXCLUSIVE).values_list(
        "resource__parts", flat=True
    )
    assert set(Claim.objects.filter(kind=SHARED).values_list("part", flat=True)) == set(shared)


DAYS = st.integers(0, 40).map(lambda number: date(2026, 1, 1) + timedelta(days=number))


@st.composite
def some_spans(draw: Any) -> list[Span]:
    found: list[Span] = []
    for start, length in draw(st.lists(st.tuples(DAYS, st.integers(1, 12) | st.none()), max_size=6)):
        found.append((start, start + timedelta(days=length) if length else None))
    return found


def days(spans: list[Span]) -> set[int]:
    calendar = [date(2026, 1, 1) + timedelta(days=number) for number in range(80)]
    return {
        number
        for number, day in enumerate(calendar)
        for start, end in spans
        if start <= day and (not end or day < end)
    }


@given(some_spans(), some_spans())
def test_spans_are_sets_of_days(some: list[Span], others: list[Span]) -> None:
    together = merged(some)
    assert days(together) == days(some)
    assert all(a[1] is not None and a[1] < b[0] for a, b in pairwise(together))
    left = without(together, others)
    assert days(left) == days(some) - days(others)
    assert sum(len(days([span])) for span in left) == len(days(left))


@pytest.mark.django_db
def test_a_contract_without_lines_claims_nothing() -> None:
    ContractFactory()
    occupy()
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_the_contracts_there_were_get_the_claims_that_they_have_since() -> None:
    """The migration, written for the tables of its day, and the action say the same; of two in one place the first stays."""
    give_claims = import_module("fondouk.contracts.migrations.0007_claims_of_lines").give_claims
    load_demonstration(Scene(date(2026, 11, 27), scale=0.05))
    columns = ("part", "owner", "kind", "during", "resource", "company")
    # What is booked came later than the migration.
    Claim.objects.exclude(kind__startswith="contract").delete()
    expected = sorted(Claim.objects.values_list(*columns), key=str)
    Claim.objects.all().delete()
    give_claims(apps, None)
    assert sorted(Claim.objects.values_list(*columns), key=str) == expected
    Claim.objects.all().delete()
    first = ContractLine.objects.filter(occupancy=Occupancy.EXCLUSIVE).earliest("period", "pk")
    both = ResourceFactory(site=first.resource.site, parts=list(first.resource.parts.all()))
    ContractLineFactory(resource=both, period=DateRange(first.period.lower + timedelta(days=1), None))
    give_claims(apps, None)
    assert Claim.objects.filter(kind=EXCLUSIVE, owner=first.pk).exists()
    assert not Claim.objects.filter(resource=both).exists()
