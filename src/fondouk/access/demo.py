"""Networks, badges and doors of the demonstration: addresses are those set aside for documentation (RFC 5737)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.access.actions import give_right, give_wifi, issue, save_door, save_service, step
from fondouk.access.enums import Refusal, State
from fondouk.access.models import Credential, Door, DoorRight, InternetService, Passage, WifiTotal
from fondouk.audit.demo import told_at
from fondouk.companies.models import Company, Membership, Residency
from fondouk.lib.demonstration import Scene
from fondouk.people.models import Person
from fondouk.sites.models import Grant, Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

DAYS = 30
SPEEDS = ((50, 20), (100, 50), (200, 100), (500, 200))
FIRST_NETWORK, MANY, BADGES = 110, 12, 3
GIGABYTE = 10**9
DOORS = ("Entrée principale", "Parking")


def load(scene: Scene) -> None:
    chance = scene.chance("access")
    address = iter(range(10, 250))
    for site in Site.objects.filter(residencies__isnull=False).distinct().order_by("pk"):
        keeper = _keeper(site)
        if keeper is None:
            continue
        stays = Residency.objects.on(scene.today).filter(site=site).select_related("company").order_by("pk")
        # Those whose people sign in come first: what they see is not empty.
        known = set(
            Membership.objects.filter(person__account__isnull=False).values_list("company", flat=True)
        )
        hosted = list({stay.company_id: stay.company for stay in stays}.values())
        companies = sorted(hosted, key=lambda one: (one.pk not in known, one.pk))[: scene.many(MANY)]
        for number, company in enumerate(companies):
            _network(site, company, FIRST_NETWORK + number, keeper, scene, chance, address)
            _badges(site, company, keeper, scene, chance)
        _doors(site, companies, keeper, scene, chance)


def _keeper(site: Site) -> Person | None:
    grant = Grant.objects.filter(site=site).select_related("person").order_by("pk").first()
    return grant.person if grant else None


def _network(
    site: Site,
    company: Company,
    number: int,
    keeper: Person,
    scene: Scene,
    chance: random.Random,
    address: Iterator[int],
) -> None:
    down, up = chance.choice(SPEEDS)
    since = scene.today - timedelta(days=chance.randrange(40, 400))
    number_of_host = next(address, None) if chance.random() < 0.25 else None
    fixed = [f"203.0.113.{number_of_host}"] if number_of_host else []
    service = InternetService(
        company=company, site=site, network=number, down=down, up=up, period=DateRange(since, None)
    )
    with told_at(_at(site, since, 10)):
        save_service(service, fixed, by=keeper)
    for member in Membership.objects.on(scene.today).filter(company=company).select_related("person")[:4]:
        with told_at(_at(site, since + timedelta(days=1), 11)):
            give_wifi(member.person, company, by=member.person)
    WifiTotal.objects.bulk_create(
        WifiTotal(
            company=company,
            site=site,
            day=day,
            received=round(GIGABYTE * chance.uniform(2, 40)),
            sent=round(GIGABYTE * chance.uniform(0.3, 6)),
            sessions=chance.randrange(4, 40),
        )
        for day in (scene.today - timedelta(days=ago) for ago in range(1, DAYS))
        if day.isoweekday() < 6
    )


def _badges(site: Site, company: Company, keeper: Person, scene: Scene, chance: random.Random) -> None:
    members = Membership.objects.on(scene.today).filter(company=company).select_related("person")
    for place, member in enumerate(members[:BADGES]):
        day = scene.today - timedelta(days=chance.randrange(20, 300))
        made = Credential(
            number=f"{site.pk}{company.pk:04}{place}", site=site, company=company, person=member.person
        )
        made.issued_at = _at(site, day, 9)
        with told_at(made.issued_at):
            issue(made, by=keeper)
            if chance.random() < 0.06:
                step(made, State.LOST, because="Perdu dans un taxi", by=keeper)
            elif chance.random() < 0.05:
                step(made, State.SUSPENDED, because="En attente du nouveau contrat", by=keeper)


def _doors(site: Site, companies: list[Company], keeper: Person, scene: Scene, chance: random.Random) -> None:
    room = (
        Resource.objects.in_use()
        .filter(site=site, kind=SpaceKind.MEETING_ROOM)
        .order_by("code_folded")
        .first()
    )
    with told_at(_at(site, scene.today - timedelta(days=200), 15)):
        for name in (*DOORS, *([f"Salle {room.code}"] if room else [])):
            behind = room if room and name.endswith(room.code) else None
            door = Door(name=name, site=site, resource=behind)
            save_door(door, by=keeper)
            if behind is None:
                every = DoorRight(
                    door=door, company=None, period=DateRange(scene.today - timedelta(days=200), None), weekdays=63,
                    begins=time(7), ends=time(22),
                )  # fmt: skip
                give_right(every, by=keeper)
                _passages(door, companies, scene, chance)


def _passages(door: Door, companies: list[Company], scene: Scene, chance: random.Random) -> None:
    held = list(Credential.objects.held().filter(site=door.site, company__in=companies).order_by("pk"))
    if not held:
        return
    made = []
    for ago in range(1, 6):
        day = scene.today - timedelta(days=ago)
        for _number in range(scene.many(14)):
            one = chance.choice(held)
            late = chance.random() < 0.04
            at = datetime.combine(day, time(23 if late else chance.randrange(7, 20), chance.randrange(60)))
            made.append(
                Passage(
                    door=door,
                    at=at.replace(tzinfo=ZoneInfo(door.site.zone)),
                    credential=one,
                    refusal=Refusal.CLOSED if late else "",
                )
            )
    Passage.objects.bulk_create(made)


def _at(site: Site, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(site.zone))
