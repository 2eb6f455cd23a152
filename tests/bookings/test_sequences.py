"""Any sequence of bookings, moves, cancellations, decisions and re-layouts, beside a plain model of rooms and parts: what
can be had is had, what is taken is refused or waited for, and the calendar of claims is that of the model after each step.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fondouk.bookings.actions import book, cancel, change_end, decide, move, restore
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Occurrence
from fondouk.bookings.wishes import TooLate, Unavailable
from fondouk.spaces.actions import NewSpace, Taken, lift_closure, relay, take_back
from fondouk.spaces.models import Claim, Closure, Layout, Resource
from tests.factories import PartFactory, PersonFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, closed, room, wish

pytestmark = pytest.mark.django_db
MADE_OF = ({0}, {1}, {2}, {0, 1}, {0, 1, 2})
"""Parts of each room; the third asks for approval."""
QUARTER, WEEK = timedelta(minutes=15), timedelta(weeks=1)
ROOMS, QUARTERS, LENGTHS, WEEKS = st.integers(0, 4), st.integers(0, 14), st.integers(1, 6), st.integers(1, 3)
Span = tuple[int, datetime, datetime]
"""A room, from when, until when."""


class Bookings(RuleBasedStateMachine):
    """`held` is what the calendar should hold, by occurrence; `asked` what waits for a decision, by booking; `gone` what was
    cancelled, with what it was; `shut` what is closed, by closure; `line` what waits for a space, the first in it first;
    `relaid` from which day a part is there no more, by re-layout.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, Span] = {}
        self.asked: dict[int, dict[int, Span]] = {}
        self.gone: dict[int, tuple[str, Span]] = {}
        self.shut: dict[int, Span] = {}
        self.line: dict[int, Span] = {}
        self.relaid: dict[int, tuple[int, datetime]] = {}

    @initialize()
    def open_the_house(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        site = SiteFactory()
        self.parts = [PartFactory(site=site) for _number in range(3)]
        self.rooms = [room(site=site, parts=[self.parts[part] for part in sorted(made)]) for made in MADE_OF]
        self.person = PersonFactory()
        BookingRule.objects.create(period=since(), resource=self.rooms[2], needs_approval=True)

    def is_free(self, wanted: list[Span], but: set[int] = frozenset()) -> bool:  # type: ignore[assignment]
        others = [span for key, span in self.held.items() if key not in but] + list(self.shut.values())
        if any(
            part in MADE_OF[one[0]] and begins < one[2]
            for one in wanted
            for part, begins in self.relaid.values()
        ):
            return False
        return not any(
            MADE_OF[one[0]] & MADE_OF[other[0]] and one[1] < other[2] and other[1] < one[2]
            for one in wanted
            for other in others
        )

    @rule(place=ROOMS, quarter=QUARTERS, length=LENGTHS, weeks=WEEKS)
    def book(self, place: int, quarter: int, length: int, weeks: int) -> None:
        starts = TUESDAY + quarter * QUARTER
        said = wish(
            self.rooms[place], starts=starts, ends=starts + length * QUARTER, organiser=self.person,
            rule=f"FREQ=WEEKLY;COUNT={weeks}" if weeks > 1 else "",
        )  # fmt: skip
        wanted = [(place, said.starts + week * WEEK, said.ends + week * WEEK) for week in range(weeks)]
        can = not self.is_gone(wanted) and (place == 2 or self.is_free(wanted))
        try:
            booking = book(said, audience=Audience.STAFF, by=self.person)
        except Unavailable as refused:
            assert not can
            assert all(clash.claims for clash in refused.clashes)
            return
        except ValidationError:
            assert self.is_gone(wanted)
            return
        assert not self.is_gone(wanted)
        assert can
        made = dict(
            zip(booking.occurrences.order_by("starts").values_list("pk", flat=True), wanted, strict=True)
        )
        if place == 2:
            self.asked[booking.pk] = made
        else:
            self.held |= made

    def is_gone(self, wanted: list[Span]) -> bool:
        """Whether one of these rooms is there no more by the end of it."""
        return any(
            part in MADE_OF[one[0]] and begins < one[2]
            for one in wanted
            for part, begins in self.relaid.values()
        )

    @rule(part=st.integers(0, 2), week=st.integers(0, 3))
    def relay(self, part: int, week: int) -> None:
        begins = datetime.combine(TUESDAY.date() + week * WEEK, time(0))
        if any(gone == part for gone, _begins in self.relaid.values()):
            return  # there is nothing left of it to lay out anew
        standing = [*self.held.values(), *self.shut.values()]
        can = not any(part in MADE_OF[span[0]] and span[2] > begins for span in standing)
        layout = Layout(site=self.rooms[0].site, starts_on=begins.date(), reason="Cloison")
        comes = [NewSpace(f"{self.rooms[part].code} bis", "office", Decimal(10))]
        try:
            relay(layout, goes=[self.rooms[part]], comes=comes, by=self.person)
        except Taken as taken:
            assert taken.conflicts
            assert not can
            return
        except ValidationError:
            assert self.rooms[part].is_out_on(begins.date())
            return
        assert can
        self.relaid[layout.pk] = (part, begins)
        self.reload()

    @rule(number=st.integers(0, 5))
    def take_back(self, number: int) -> None:
        if self.relaid:
            key = sorted(self.relaid)[number % len(self.relaid)]
            take_back(Layout.objects.get(pk=key), by=self.person)
            del self.relaid[key]
            self.reload()

    def reload(self) -> None:
        self.rooms = [Resource.objects.select_related("site").get(pk=one.pk) for one in self.rooms]

    @rule(place=st.sampled_from((0, 1, 3, 4)), quarter=QUARTERS, length=LENGTHS)
    def wait(self, place: int, quarter: int, length: int) -> None:
        starts = TUESDAY + quarter * QUARTER
        span = (place, starts, starts + length * QUARTER)
        said = wish(self.rooms[place], starts=starts, ends=span[2], organiser=self.person)
        can = self.is_free([span])
        if self.is_gone([span]):
            with pytest.raises(ValidationError):
                book(said, audience=Audience.STAFF, by=self.person, wait=[starts])
            return
        one = book(said, audience=Audience.STAFF, by=self.person, wait=[starts]).occurrences.get()
        assert one.status == (Status.BOOKED if can else Status.WAITING)
        (self.held if can else self.line)[one.pk] = span

    def move_up(self) -> None:
        """Whoever has waited longest has what came free."""
        for key, span in list(self.line.items()):
            if self.is_free([span]):
                self.held[key] = self.line.pop(key)

    def pick(self, number: int, *, with_gone: bool = False) -> Occurrence | None:
        """One that stands, or was read while it stood and is cancelled since."""
        asked = (key for made in self.asked.values() for key in made)
        keys = sorted({*self.held, *asked, *(self.gone if with_gone else ())})
        return Occurrence.objects.get(pk=keys[number % len(keys)]) if keys else None

    def forget(self, keys: set[int]) -> None:
        self.held = {key: span for key, span in self.held.items() if key not in keys}
        for made in self.asked.values():
            for key in keys & made.keys():
                del made[key]

    @rule(number=st.integers(0, 40), scope=st.sampled_from(Scope))
    def cancel(self, number: int, scope: Scope) -> None:
        if one := self.pick(number, with_gone=True):
            try:
                gone = {each.pk for each in cancel(one, scope=scope, by=self.person)}
            except TooLate:
                assert one.pk in self.gone
                return
            self.gone |= {key: (Status.BOOKED, span) for key, span in self.held.items() if key in gone}
            for made in self.asked.values():
                self.gone |= {key: (Status.REQUESTED, span) for key, span in made.items() if key in gone}
            self.forget(gone)

    @rule(number=st.integers(0, 40))
    def restore(self, number: int) -> None:
        if not self.gone:
            return
        key = sorted(self.gone)[number % len(self.gone)]
        status, span = self.gone[key]
        one = Occurrence.objects.get(pk=key)
        can = not self.is_gone([span]) and (status == Status.REQUESTED or self.is_free([span]))
        try:
            restore(one.booking, {key: (status, one.sequence)}, audience=Audience.STAFF, by=self.person)
        except Unavailable:
            assert not can
            return
        assert can
        del self.gone[key]
        if status == Status.REQUESTED:
            self.asked.setdefault(one.booking_id, {})[key] = span
        else:
            self.held[key] = span

    @rule(number=st.integers(0, 40), length=LENGTHS)
    def change_end(self, number: int, length: int) -> None:
        one = self.pick(number)
        if one is None:
            return
        span = (self.rooms.index(one.resource), one.starts, one.starts + length * QUARTER)
        waits = one.pk not in self.held
        can = waits or self.is_free([span], {one.pk})
        try:
            change_end(one, ends=span[2], audience=Audience.STAFF, by=self.person)
        except Unavailable:
            assert not can
            return
        assert can
        if waits:
            self.asked[one.booking_id][one.pk] = span
        else:
            self.held[one.pk] = span

    @rule(place=ROOMS, quarter=QUARTERS, length=LENGTHS)
    def close(self, place: int, quarter: int, length: int) -> None:
        starts = TUESDAY + quarter * QUARTER
        span = (place, starts, starts + length * QUARTER)
        can = self.is_free([span])
        try:
            closure = closed(self.rooms[place], starts=starts, hours=length / 4)
        except Taken:
            assert not can
            return
        assert can
        self.shut[closure.pk] = span

    @rule(number=st.integers(0, 10))
    def lift(self, number: int) -> None:
        if self.shut:
            key = sorted(self.shut)[number % len(self.shut)]
            lift_closure(Closure.objects.get(pk=key), by=None)
            del self.shut[key]

    @rule(
        number=st.integers(0, 40),
        place=ROOMS,
        quarters=st.integers(-8, 8),
        length=LENGTHS,
        scope=st.sampled_from(Scope),
    )
    def move(self, number: int, place: int, quarters: int, length: int, scope: Scope) -> None:
        one = self.pick(number, with_gone=True)
        if one is None:
            return
        live = one.booking.occurrences.live()
        going = {} if one.pk in self.gone else {one.pk: one}
        if scope != Scope.THIS:
            since_then = live.filter(recurs_at__gte=one.recurs_at) if scope == Scope.FOLLOWING else live
            going |= {other.pk: other for other in since_then if other.starts == other.recurs_at}
        if not going:
            with pytest.raises(TooLate):
                move(
                    one,
                    starts=one.starts,
                    ends=one.ends,
                    scope=scope,
                    audience=Audience.STAFF,
                    by=self.person,
                )
            return
        starts = one.starts + quarters * QUARTER
        # The time that is written is that of all, also where it is written for one that was moved by itself before.
        delta = starts - (one.starts if scope == Scope.THIS else one.recurs_at)
        begins = {key: starts if key == one.pk else other.starts + delta for key, other in going.items()}
        wanted = {key: (place, start, start + length * QUARTER) for key, start in begins.items()}
        gone = self.is_gone(list(wanted.values()))
        # What waits for a decision goes on waiting, wherever those move it who need none.
        asked = {key for made in self.asked.values() for key in made}
        holds = {key: span for key, span in wanted.items() if place != 2 and key not in asked}
        can = not gone and self.is_free(list(holds.values()), set(going)) and not self.meet(holds)
        try:
            moved = move(
                one, starts=starts, ends=starts + length * QUARTER, resource=self.rooms[place], scope=scope,
                audience=Audience.STAFF, by=self.person,
            )  # fmt: skip
        except Unavailable:
            assert not can
            return
        except ValidationError:
            assert gone
            return
        assert can
        assert {other.pk for other in moved} == set(going)
        self.forget(set(going))
        self.held |= holds
        for other in moved:
            if other.pk not in holds:
                self.asked.setdefault(other.booking_id, {})[other.pk] = wanted[other.pk]
        self.follow_bookings()

    def meet(self, wanted: dict[int, Span]) -> bool:
        """Whether two of them want the same room at the same time: one that was moved beside its series before."""
        spans = sorted(wanted.values(), key=lambda span: span[1])
        return any(later[1] < earlier[2] for earlier, later in pairwise(spans))

    def follow_bookings(self) -> None:
        """A part of a series that moves is a booking of its own: what waits for a decision goes with it."""
        waiting = {key: span for made in self.asked.values() for key, span in made.items()}
        self.asked = {}
        for key, booking in Occurrence.objects.filter(pk__in=waiting).values_list("pk", "booking"):
            self.asked.setdefault(booking, {})[key] = waiting[key]

    @rule(number=st.integers(0, 10), is_granted=st.booleans())
    def decide(self, number: int, is_granted: bool) -> None:
        keys = sorted(key for key, made in self.asked.items() if made)
        if not keys:
            return
        key = keys[number % len(keys)]
        booking = Booking.objects.get(pk=key)
        can = not is_granted or self.is_free(list(self.asked[key].values()))
        try:
            decide(booking, is_granted=is_granted, by=self.person)
        except Unavailable:
            assert not can
            return
        assert can
        made = self.asked.pop(key)
        if is_granted:
            self.held |= made
        with pytest.raises(TooLate):
            decide(booking, is_granted=True, by=self.person)

    @invariant()
    def the_calendar_is_that_of_the_model(self) -> None:
        self.move_up()
        expected = {
            (key, self.parts[part].pk, span[1], span[2])
            for key, span in self.held.items()
            for part in MADE_OF[span[0]]
        }
        held = {
            (claim.owner, claim.part_id, claim.start.replace(tzinfo=None), claim.end.replace(tzinfo=None))  # type: ignore[union-attr]
            for claim in Claim.objects.filter(kind="booking")
        }
        assert held == expected
        closures = {
            (key, self.parts[part].pk) for key, span in self.shut.items() for part in MADE_OF[span[0]]
        }
        assert set(Claim.objects.filter(kind="closure").values_list("owner", "part")) == closures

    @invariant()
    def what_goes_is_there_until_then(self) -> None:
        for made, one in zip(MADE_OF, self.rooms, strict=True):
            ends = [begins.date() for part, begins in self.relaid.values() if part in made]
            assert one.withdrawn_on == min(ends, default=None)
        held = Claim.objects.filter(kind="layout", during__upper_inf=True).values_list("owner", "part")
        assert set(held) == {(key, self.parts[part].pk) for key, (part, _begins) in self.relaid.items()}

    @invariant()
    def who_waits_is_in_line(self) -> None:
        waiting = Occurrence.objects.filter(status=Status.WAITING)
        assert set(waiting.values_list("pk", flat=True)) == self.line.keys()

    @invariant()
    def what_the_wall_says_is_what_is_held(self) -> None:
        for one in Occurrence.objects.live().select_related("booking"):
            assert one.during.lower.replace(tzinfo=None) == one.starts
            assert one.booking.rule or one.booking.starts == one.starts

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


@pytest.mark.parametrize("examples", [25, pytest.param(1500, marks=pytest.mark.long)])
def test_any_sequence(examples: int) -> None:
    options = settings(
        max_examples=examples, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Bookings, settings=options)  # type: ignore[no-untyped-call]
