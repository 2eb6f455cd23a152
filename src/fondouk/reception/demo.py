"""Who came to the parks of the demonstration in the last weeks, and who is expected in the next days."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from fondouk.audit.actions import record
from fondouk.audit.demo import told_at
from fondouk.companies.models import Membership
from fondouk.lib.demonstration import Scene
from fondouk.people.demo import a_name
from fondouk.reception import verbs
from fondouk.reception.models import Visit
from fondouk.sites.demo import DOMAIN
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

BEFORE, AFTER, A_DAY = 12, 4, 6
ORGANISATIONS = (
    "Banque",
    "École d’ingénieurs",
    "Fournisseur",
    "Cabinet de conseil",
    "Presse",
    "Client",
    "Recrutement",
    "",
)
NOTES = ("", "", "", "", "Fauteuil roulant", "Vient en voiture", "Apporte un serveur")


def load(scene: Scene) -> None:
    for site in Site.objects.filter(residencies__isnull=False).distinct().order_by("pk"):
        chance = scene.chance("reception", site.code)
        teams = list(
            Membership.objects.on(scene.today)
            .filter(company__residencies__site=site, company__residencies__period__contains=scene.today)
            .select_related("company", "person")
            .order_by("pk")
        )
        rooms = list(Resource.objects.in_use().filter(site=site, kind=SpaceKind.MEETING_ROOM).order_by("pk"))
        if not teams:
            continue
        for ahead in range(-BEFORE, AFTER + 1):
            day = scene.today + timedelta(days=ahead)
            if day.isoweekday() > 5:
                continue
            for _number in range(scene.many(A_DAY)):
                _one(site, teams, rooms, day, scene.today, chance)


def _one(
    site: Site, teams: list[Membership], rooms: list[Resource], day: date, today: date, chance: random.Random
) -> None:
    team = chance.choice(teams)
    name = a_name(chance).latin
    visit = Visit(
        site=site,
        company=team.company,
        host=team.person,
        resource=chance.choice([*rooms, None]),  # type: ignore[list-item]
        day=day,
        clock=time(chance.randrange(9, 17), chance.choice((0, 15, 30, 45))),
        name=name,
        organisation=chance.choice(ORGANISATIONS),
        email=f"{slugify(name)}@{DOMAIN}",
        language=chance.choice(("fr", "fr", "fr", "ar", "en")),
        note=chance.choice(NOTES),
        made_at=_at(
            site, min(day, today) - timedelta(days=1), time(chance.randrange(9, 17), chance.randrange(60))
        ),
    )
    if day < today and chance.random() < 0.9:
        visit.arrived_at = _at(site, day, visit.clock) + timedelta(minutes=chance.randrange(-8, 20))
        visit.left_at = visit.arrived_at + timedelta(minutes=chance.choice((30, 45, 60, 90, 120)))
    visit.save()
    with told_at(visit.made_at):
        record(verbs.ANNOUNCED, visit, by=team.person, count=1)


def _at(site: Site, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(site.zone))
