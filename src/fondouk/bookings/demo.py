"""The planning of the demonstration: teams that meet every week, what is booked these days, and what awaits approval."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.demo import told_at
from fondouk.bookings.actions import book, cancel
from fondouk.bookings.enums import Audience, PriceUnit, QuotaPer, QuotaSpan, Segment
from fondouk.bookings.models import Booking, BookingRule, PriceRule, QuotaRule
from fondouk.bookings.terms import LET
from fondouk.bookings.wishes import Unavailable, Wish
from fondouk.companies.models import Company, Membership
from fondouk.credits.actions import grant
from fondouk.credits.models import Lot
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.lib.recurrence import weekly
from fondouk.people.models import Person
from fondouk.sites.demo import CAST, PARKS
from fondouk.sites.enums import Role
from fondouk.sites.models import Site
from fondouk.spaces.actions import NewSpace, relay
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Layout, Resource

WEEKS_BEFORE, WEEKS = 4, 12
WHOLE = 0.5
"""In a smaller demonstration only one room in four has a history."""
A_WEEK, A_DAY = 4, 2
"""Meetings that come back every week in a room, and others on each of these days."""
DAYS = range(-2, 8)
MEETINGS = (
    "Point d’équipe", "Revue de sprint", "Comité produit", "Entretien", "Rendez-vous client", "Atelier",
    "Réunion commerciale", "Formation interne", "Point investisseurs", "اجتماع الفريق", "Design review",
)  # fmt: skip
LARGE = ("Journée portes ouvertes", "Formation continue", "Conférence", "Assemblée des partenaires")
NOTES = ("", "", "", "Prévoir l’eau.", "Disposition en U, s’il vous plaît.")
DESKS = ("Journée de travail", "Au calme", "Équipe de passage")
LARGE_ROOMS = (SpaceKind.AMPHITHEATRE, SpaceKind.HALL)


def load(scene: Scene) -> None:
    for kind in LARGE_ROOMS:
        # Large rooms are let by the hour to whoever asks, once the park has looked at it; the day before is for setting up.
        BookingRule.objects.create(
            kind=kind, audience=Audience.RESIDENT, needs_approval=True, period=DateRange(None, None)
        )
        BookingRule.objects.create(
            kind=kind, setup_minutes=30, cleanup_minutes=30, period=DateRange(None, None)
        )
    _rules(scene)
    for park in PARKS:
        if park.course:
            _plan(Site.objects.get(code=park.code), scene)
    _divide(Site.objects.get(code=PARKS[0].code), scene)


def _divide(site: Site, scene: Scene) -> None:
    """An office that stands empty becomes two, in four months."""
    keeper = next(member for member in CAST if member.role == Role.SPACES)
    by = Person.objects.get(name=keeper.name, account__isnull=False)
    empty = Resource.objects.in_use(scene.today).filter(
        site=site, kind=SpaceKind.SME_OFFICE, floor__isnull=False, parts__claims=None
    )
    office = empty.order_by("pk").prefetch_related("parts").first()
    if office is None or office.area is None:
        return
    half = (office.area / 2).quantize(Decimal("0.5"))
    asked = working_moment(scene.today - timedelta(days=6), scene.chance("layout"))
    with told_at(asked):
        relay(
            Layout(
                site=site, starts_on=scene.today + timedelta(days=120), reason="Cloison au milieu du bureau"
            ),
            goes=[office],
            comes=[
                NewSpace(f"{office.code}a", SpaceKind.STARTUP_OFFICE, half, 4),
                NewSpace(f"{office.code}b", SpaceKind.STARTUP_OFFICE, office.area - half, 4),
            ],
            by=by,
            today=scene.today,
        )


def _rules(scene: Scene) -> None:
    """What a park of this kind asks: startups pay half, evenings less, outsiders come to the large rooms; and who does not
    come to a meeting room gives it back.
    """
    always = DateRange(None, None)
    prices: tuple[dict[str, Any], ...] = (
        {"name": "Startups", "segment": Segment.STARTUP, "unit": PriceUnit.SHARE, "amount": 50},
        {"name": "Partenaires", "segment": Segment.PARTNER, "unit": PriceUnit.SHARE, "amount": 80},
        {
            "name": "Salle de réunion, la journée",
            "kind": SpaceKind.MEETING_ROOM,
            "unit": PriceUnit.ONCE,
            "amount": 700,
            "at_least_minutes": 7 * 60,
        },
        {
            "name": "Box",
            "kind": SpaceKind.BOOTH,
            "unit": PriceUnit.HOUR,
            "amount": 0,
        },
    )
    for values in prices:
        PriceRule.objects.create(period=always, **values)
    BookingRule.objects.create(
        kind=SpaceKind.MEETING_ROOM, grace_minutes=15, cancel_minutes=120, cancel_percent=50, period=always
    )
    for kind in LARGE_ROOMS:
        BookingRule.objects.create(
            kind=kind, audience=Audience.VISITOR, is_allowed=True, needs_approval=True, period=always
        )
    QuotaRule.objects.create(
        kind=SpaceKind.MEETING_ROOM,
        per=QuotaPer.COMPANY,
        span=QuotaSpan.WEEK,
        most_minutes=20 * 60,
        period=always,
    )
    chance = scene.chance("credits")
    begins = scene.today.replace(day=1)
    until = (begins + timedelta(days=32)).replace(day=1)
    hosted = Company.objects.standing().hosted(scene.today).order_by("pk")
    for company in list(hosted):
        if chance.random() < 0.4:
            lot = Lot(
                company=company,
                kinds=[SpaceKind.MEETING_ROOM],
                period=DateRange(begins, until),
                reason="Compris dans la convention",
            )
            with told_at(working_moment(begins, chance)):
                grant(lot, Decimal(chance.choice((200, 400, 600))), by=None)


def _plan(site: Site, scene: Scene) -> None:
    chance = scene.chance("bookings", site.code)
    teams = list(
        Membership.objects.on(scene.today)
        .filter(company__residencies__site=site, company__residencies__period__contains=scene.today)
        .select_related("company", "person")
        .order_by("pk")
    )
    if not teams:
        return
    rooms = Resource.objects.in_use().filter(site=site).exclude(kind__in=LET).select_related("site")
    for room in rooms.order_by("pk")[:: 1 if scene.scale >= WHOLE else 4]:
        if room.kind in LARGE_ROOMS:
            _large(room, teams, scene.today, chance)
            continue
        if room.is_pool:
            _desks(room, teams, scene.today, chance)
            continue
        for _meeting in range(A_WEEK):
            first = scene.today + timedelta(days=chance.randrange(7) - 7 * WEEKS_BEFORE)
            if first.isoweekday() < 6:
                until = first + timedelta(weeks=WEEKS)
                _book(room, chance.choice(teams), first, chance, today=scene.today, until=until)
        for day in DAYS:
            for _meeting in range(chance.randrange(A_DAY + 1)):
                _book(
                    room, chance.choice(teams), scene.today + timedelta(days=day), chance, today=scene.today
                )
    _cancel_some(site, scene, chance)


def _book(
    room: Resource,
    team: Membership,
    day: date,
    chance: random.Random,
    *,
    today: date,
    until: date | None = None,
    minutes: Sequence[int] = (30, 60, 60, 90, 120),
) -> Booking | None:
    """As the team itself books it, a few days before; nothing where the room is taken or the site closed."""
    starts = datetime.combine(day, time(8 + chance.randrange(10), chance.choice((0, 30))))
    wish = Wish(
        room,
        starts,
        starts + timedelta(minutes=chance.choice(minutes)),
        chance.choice(_titles(room)),
        team.person,
        team.company,
        rule=weekly(starts, until=until) if until else None,
        attendees=chance.randrange(2, room.capacity + 1) if room.capacity and room.capacity > 2 else None,
        note=chance.choice(NOTES),
        is_private=chance.random() < 0.1,
    )
    # A few days before, and never later than the day before today, when the history ends.
    asked_on = min(day - timedelta(days=chance.randrange(3, 9)), today - timedelta(days=1))
    asked = working_moment(asked_on, chance)
    try:
        return _made(wish, team.person, asked)
    except Unavailable as refused:
        # Feasts and what others hold are left out of a series; a single meeting is dropped.
        skip = [clash.span.recurs_at for clash in refused.clashes]
        with suppress(Unavailable, ValidationError):
            return _made(wish, team.person, asked, skip) if until else None
    except ValidationError:
        return None
    return None


def _titles(room: Resource) -> tuple[str, ...]:
    if room.kind == SpaceKind.DESK:
        return DESKS
    return LARGE if room.kind in LARGE_ROOMS else MEETINGS


def _made(wish: Wish, by: Person, asked: datetime, skip: Any = ()) -> Booking:
    with told_at(asked):
        booking = book(wish, audience=Audience.RESIDENT, by=by, skip=skip, now=asked)
    Booking.objects.filter(pk=booking.pk).update(made_at=asked)
    return booking


def _large(room: Resource, teams: list[Membership], today: date, chance: random.Random) -> None:
    """Asked for, these weeks: some wait for somebody to decide."""
    for _one in range(2):
        day = today + timedelta(days=chance.randrange(8, 40))
        if day.isoweekday() < 6:
            _book(room, chance.choice(teams), day, chance, today=today)


def _desks(zone: Resource, teams: list[Membership], today: date, chance: random.Random) -> None:
    """Several people a day, each at a place of their own, for half a day or so."""
    for day in DAYS:
        for _person in range(chance.randrange(2, 7)):
            _book(
                zone, chance.choice(teams), today + timedelta(days=day), chance, today=today,
                minutes=(120, 180, 240, 300),
            )  # fmt: skip


def _cancel_some(site: Site, scene: Scene, chance: random.Random) -> None:
    keeper = next(member for member in CAST if member.role == Role.SPACES)
    by = Person.objects.get(name=keeper.name, account__isnull=False)
    tomorrow = datetime.combine(scene.today + timedelta(days=1), time(0))
    found = Booking.objects.filter(resource__site=site, rule="", starts__gte=tomorrow).order_by("pk")
    for booking in found[:: max(2, 12 - chance.randrange(4))]:
        # On the scene's own clock: a scene of another day is as good as today's.
        moment = working_moment(scene.today - timedelta(days=1), chance)
        with told_at(moment):
            cancel(booking.occurrences.get(), reason="Réunion reportée.", by=by, now=moment)
