"""The inventory of the demonstration: offices of four kinds on every floor, and what the companies of a site share."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from fondouk.audit.demo import told_at
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.models import Person
from fondouk.sites.demo import CAST, PARKS, Park
from fondouk.sites.enums import Role
from fondouk.sites.models import Floor, Site
from fondouk.spaces.actions import create_resource, draw, set_plan, set_rate, withdraw_resource
from fondouk.spaces.enums import ROOMS, Equipment, RateUnit, SpaceKind
from fondouk.spaces.models import Part, Resource

KINDS = (
    (SpaceKind.STARTUP_OFFICE, 0.58, (14, 16, 18, 20, 22, 24, 28, 32)),
    (SpaceKind.SME_OFFICE, 0.29, (34, 38, 44, 50, 58, 66, 80)),
    (SpaceKind.OFFICE, 0.10, (25, 30, 45, 60, 95)),
    (SpaceKind.FLOOR_PLATE, 0.03, (160, 210, 260)),
)
RATES = {
    SpaceKind.STARTUP_OFFICE: (RateUnit.SQUARE_METRE_MONTH, 45, 60),
    SpaceKind.SME_OFFICE: (RateUnit.SQUARE_METRE_MONTH, 75, 95),
    SpaceKind.OFFICE: (RateUnit.SQUARE_METRE_MONTH, 70, 90),
    SpaceKind.FLOOR_PLATE: (RateUnit.SQUARE_METRE_MONTH, 65, 80),
    SpaceKind.COWORKING: (RateUnit.PLACE_MONTH, 600, 850),
    SpaceKind.DESK: (RateUnit.DAY, 80, 100),
    SpaceKind.MEETING_ROOM: (RateUnit.HOUR, 120, 180),
    SpaceKind.TRAINING_ROOM: (RateUnit.DAY, 1200, 1600),
    SpaceKind.AMPHITHEATRE: (RateUnit.DAY, 4500, 6000),
    SpaceKind.HALL: (RateUnit.DAY, 3500, 4800),
    SpaceKind.STUDIO: (RateUnit.HOUR, 250, 320),
}
"""What each is charged by, in dirhams before tax: at first, and since `RAISED`."""
RAISED = date(2021, 1, 1)
SHARED: dict[str, tuple[tuple[str, SpaceKind, int, int], ...]] = {
    "casablanca": (
        ("Majorelle A", SpaceKind.MEETING_ROOM, 30, 14), ("Majorelle B", SpaceKind.MEETING_ROOM, 34, 16),
        ("Zellige", SpaceKind.MEETING_ROOM, 18, 8), ("Tadelakt", SpaceKind.MEETING_ROOM, 22, 10),
        ("Thuya", SpaceKind.MEETING_ROOM, 16, 6), ("Ibn Battouta", SpaceKind.TRAINING_ROOM, 60, 24),
        ("Al Idrissi", SpaceKind.TRAINING_ROOM, 52, 20), ("Amphithéâtre", SpaceKind.AMPHITHEATRE, 240, 180),
        ("La Cour", SpaceKind.HALL, 320, 250), ("Atelier", SpaceKind.LAB, 110, 16), ("Studio", SpaceKind.STUDIO, 40, 6),
        ("Coworking Médina", SpaceKind.COWORKING, 190, 56), ("Coworking Corniche", SpaceKind.COWORKING, 150, 44),
        ("Coworking Phare", SpaceKind.COWORKING, 120, 36), ("Cabine 1", SpaceKind.BOOTH, 3, 1), ("Cabine 2", SpaceKind.BOOTH, 3, 1),
        ("Archives", SpaceKind.STORAGE, 45, 0), ("Postes Riad", SpaceKind.DESK, 66, 12),
    ),
    "rabat": (
        ("Chellah A", SpaceKind.MEETING_ROOM, 26, 12), ("Chellah B", SpaceKind.MEETING_ROOM, 24, 10),
        ("Oudaïas", SpaceKind.MEETING_ROOM, 18, 8), ("Bouregreg", SpaceKind.TRAINING_ROOM, 55, 22),
        ("Forum", SpaceKind.HALL, 140, 100), ("Atelier", SpaceKind.LAB, 70, 10), ("Coworking Hassan", SpaceKind.COWORKING, 130, 40),
        ("Cabine 1", SpaceKind.BOOTH, 3, 1),
    ),
    "tanger": (
        ("Spartel A", SpaceKind.MEETING_ROOM, 24, 10), ("Spartel B", SpaceKind.MEETING_ROOM, 24, 10),
        ("Malabata", SpaceKind.TRAINING_ROOM, 48, 20), ("Détroit", SpaceKind.HALL, 110, 80),
        ("Coworking Marina", SpaceKind.COWORKING, 120, 36), ("Cabine 1", SpaceKind.BOOTH, 3, 1),
    ),
}  # fmt: skip
"""Code, kind, m², people. Rooms A and B join into one."""


def load(scene: Scene) -> None:
    keeper = next(member for member in CAST if member.role == Role.SPACES)
    by = Person.objects.get(name=keeper.name, account__isnull=False)
    for park in PARKS:
        if park.course:
            chance = scene.chance("spaces", park.code)
            with told_at(working_moment(park.opened, chance)):
                _furnish(park, scene, chance, by)
                for floor in Floor.objects.filter(building__site__code=park.code):
                    _draw(floor, by)


def _furnish(park: Park, scene: Scene, chance: random.Random, by: Person) -> None:
    site = Site.objects.get(code=park.code)
    floors = list(Floor.objects.filter(building__site=site).select_related("building"))
    for floor, code, kind, area in _offices(park, floors, scene.many(park.offices), chance):
        office = Resource(site=site, floor=floor, code=code, kind=kind, capacity=max(2, round(area / 3.5)))
        create_resource(office, area=Decimal(area), by=by)
        _price(office, by)
    rooms: dict[str, Resource] = {}
    for code, kind, area, people in SHARED[park.code]:
        places = people if kind != SpaceKind.COWORKING else scene.many(people)
        room = Resource(
            site=site,
            floor=floors[0],
            code=code,
            kind=kind,
            capacity=1 if kind == SpaceKind.DESK else places or None,
            equipment=_equipment(kind, people),
        )
        desks = people if kind == SpaceKind.DESK else None
        rooms[code] = create_resource(room, area=Decimal(area), places=desks, by=by)
        _price(room, by)
    for code in [code for code in rooms if code.endswith(" A")]:
        first, second = rooms[code], rooms[f"{code[:-1]}B"]
        both = Resource(
            site=site, floor=floors[0], code=f"{code}+B", kind=SpaceKind.MEETING_ROOM,
            capacity=(first.capacity or 0) + (second.capacity or 0), equipment=list(first.equipment),
        )  # fmt: skip
        create_resource(both, joins=[first, second], by=by)
        _price(both, by)
    if park is PARKS[0]:
        withdraw_resource(rooms["Thuya"], on=scene.today.replace(day=1), by=by)


DEEP, CORRIDOR, WIDE = 700, 260, 5600
"""Centimetres: of a row of rooms, of what runs between two, of a whole floor."""


def _draw(floor: Floor, by: Person) -> None:
    """Rooms as wide as their surface asks for, in rows along corridors."""
    parts = list(Part.objects.filter(floor=floor).order_by("code", "pk"))
    if not parts:
        return
    rows: list[list[tuple[Part, int]]] = [[]]
    for part in parts:
        wide = min(WIDE, max(220, round(float(part.area or 12) * 10_000 / DEEP / 10) * 10))
        if sum(width for _part, width in rows[-1]) + wide > WIDE:
            rows.append([])
        rows[-1].append((part, wide))
    outlines: dict[int, list[list[int]]] = {}
    top = 0
    for number, row in enumerate(rows):
        left = 0
        for part, wide in row:
            right, bottom = left + wide, top + DEEP
            outlines[part.pk] = [[left, top], [right, top], [right, bottom], [left, bottom]]
            left = right
        top += DEEP + (CORRIDOR if number % 2 == 0 else 0)
    plan = set_plan(floor, width=WIDE, height=max(top, DEEP), by=by)
    draw(plan, outlines, by=by)


def _equipment(kind: SpaceKind, people: int) -> list[str]:
    """The larger a room, the more stands in it."""
    if kind not in ROOMS:
        return []
    found: list[str] = [Equipment.WHITEBOARD, Equipment.SCREEN]
    if people >= 10:
        found += [Equipment.VIDEO, Equipment.STEP_FREE]
    if people >= 20:
        found += [Equipment.PROJECTOR]
    return [*found, Equipment.SOUND] if people >= 80 else found


def _offices(
    park: Park, floors: list[Any], number: int, chance: random.Random
) -> Iterator[tuple[Any, str, SpaceKind, int]]:
    """So many, of each kind its share, spread over the floors."""
    kinds = [(kind, areas) for kind, share, areas in KINDS for _one in range(max(1, round(share * number)))]
    chance.shuffle(kinds)
    width = 2 if number < 99 * len(floors) else 4
    for place, (kind, areas) in enumerate(kinds):
        floor = floors[place % len(floors)]
        code = f"{floor.building.code}{floor.level}{place // len(floors) + 1:0{width}d}"
        yield floor, code, kind, chance.choice(areas)


def _price(resource: Resource, by: Person) -> None:
    if rate := RATES.get(SpaceKind(resource.kind)):
        unit, before, since = rate
        set_rate(resource, unit=unit, amount=Decimal(before), by=by)
        set_rate(resource, unit=unit, amount=Decimal(since), since=RAISED, by=by)
