"""A plausible network of any size, written in bulk: what the pages are measured on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.companies import models as companies
from fondouk.companies.enums import Stage
from fondouk.contracts.models import Contract, ContractLine
from fondouk.lib.text import company_key
from fondouk.people.models import Account, Person, PersonEmail
from fondouk.sites.models import Building, Floor, Grant, Site, SitePhase
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate

FIRST = [
    "Atlas", "Zellige", "Saqia", "Fanous", "Khettara", "Rihla", "Sahrij", "Dalil", "Tarha", "Noun", "Qamar", "Oued",
    "Argane", "Tifaout", "Baraka", "Nakhla",
]  # fmt: skip
SECOND = [
    "Santé", "Énergie", "Logiciels", "Jeux", "Data", "Mobilité", "Agritech", "Fintech", "Robotique", "Design", "Eau",
    "Textile", "Cloud", "Édition",
]  # fmt: skip
ACTIVITIES = [
    "Logiciels de santé pour cliniques",
    "Énergie solaire pour l'agriculture",
    "Jeux vidéo en darija",
    "Paiement mobile pour commerçants",
    "Capteurs pour l'irrigation",
    "Formation en ligne aux métiers du numérique",
]
NAMES = ["Hajar Lamrani", "Youssef Benali", "Salma Idrissi", "Badr Ouhaddou", "Imane Azzouzi", "Reda Skalli"]
CITIES = [
    "Casablanca",
    "Rabat",
    "Fès",
    "Oujda",
    "Agadir",
    "Tanger",
    "Marrakech",
    "Nador",
    "Béni Mellal",
    "Settat",
]
CHUNK = 2000


def bulk(model: Any, rows: list[Any]) -> list[Any]:
    made: list[Any] = model.objects.bulk_create(rows, batch_size=CHUNK)
    return made


@contextmanager
def without_histories() -> Iterator[None]:
    """What the triggers would note about each of these rows is of no use here."""
    tables = [row for row in connection.introspection.table_names() if not row.startswith("procrastinate")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def fill(size: int) -> None:
    """`size` companies, seven in ten of them hosted today, each of these with an office and its contract."""
    random.seed(size)
    with transaction.atomic(), without_histories():
        sites = make_sites(max(3, size // 1000))
        people = bulk(Person, [Person(name=f"{random.choice(NAMES)} {n}") for n in range(size)])
        bulk(
            PersonEmail, [PersonEmail(person=p, address=f"p{p.pk}@example.ma", is_main=True) for p in people]
        )
        staff = people[:12]
        today = timezone.localdate()
        bulk(
            Grant,
            [
                Grant(
                    person=person,
                    role="administrator" if n == 0 else "site_manager",
                    period=DateRange(None, None),
                )
                for n, person in enumerate(staff)
            ],
        )
        made = make_companies(size, sites, people, staff, today)
        make_offices(made, sites, today)
    account = Account.objects.create_user("bench@example.ma", None, person=staff[0])
    assert account.pk
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_sites(number: int) -> list[tuple[Site, list[Floor]]]:
    sites = bulk(
        Site,
        [Site(code=f"site-{n}", name=f"Parc {n}", city=CITIES[n % len(CITIES)]) for n in range(number)],
    )
    bulk(SitePhase, [SitePhase(site=site, phase="open", starts_on=date(2010, 1, 1)) for site in sites])
    buildings = bulk(Building, [Building(site=site, code=code) for site in sites for code in "ABCD"])
    floors = bulk(
        Floor, [Floor(building=building, level=level) for building in buildings for level in range(6)]
    )
    return [(site, [floor for floor in floors if floor.building.site_id == site.pk]) for site in sites]


def make_companies(
    size: int, sites: list[Any], people: list[Person], staff: list[Person], today: date
) -> list[Any]:
    names = [f"{random.choice(FIRST)} {random.choice(SECOND)} {n}" for n in range(size)]
    made = bulk(
        companies.Company,
        [
            companies.Company(
                name=name, key=company_key(name), activity=random.choice(ACTIVITIES), email="a@b.ma"
            )
            for name in names
        ],
    )
    bulk(
        companies.LegalIdentity,
        [
            companies.LegalIdentity(
                company=company,
                legal_name=f"{company.name} SARL",
                legal_form="sarl",
                ice=ice(1_500_000_000_000 + company.pk) if random.random() < 0.9 else "",
                rc=str(company.pk),
                period=DateRange(None, None),
            )
            for company in made
        ],
    )
    stays = []
    for company in made:
        since = today - timedelta(days=random.randrange(30, 3000))
        hosted = random.random() < 0.7
        until = None if hosted else since + timedelta(days=random.randrange(10, 29))
        site = random.choice(sites)[0]
        stays.append(
            companies.Residency(company=company, site=site, mode="office", period=DateRange(since, until))
        )
    bulk(companies.Residency, stays)
    sectors = list(companies.Sector.objects.all())
    always = DateRange(None, None)
    bulk(
        companies.SectorAssignment,
        [
            companies.SectorAssignment(company=one, sector=random.choice(sectors), period=always)
            for one in made
        ],
    )
    bulk(
        companies.StageAssignment,
        [
            companies.StageAssignment(company=one, stage=random.choice(Stage.values), period=always)
            for one in made
        ],
    )
    bulk(
        companies.Stewardship,
        [companies.Stewardship(company=one, person=random.choice(staff), period=always) for one in made[::2]],
    )
    bulk(
        companies.Membership,
        [
            companies.Membership(company=one, person=people[(n + shift) % size], role=role, period=always)
            for n, one in enumerate(made)
            for shift, role in ((0, "owner"), (7, "member"), (11, "member"))
        ],
    )
    bulk(companies.Figure, [figure for one in made for figure in figures_of(one, today.year)])
    bulk(
        Entry,
        [
            Entry(
                verb="companies.company_changed",
                actor=random.choice(staff),
                subjects=[f"companies.company:{one.pk}"],
                facts={"fields": ["name"]},
            )
            for one in made
            for _time in range(4)
        ],
    )
    return [stay for stay in stays if stay.period.upper is None]


def figures_of(company: Any, this_year: int) -> Iterator[Any]:
    head = random.randrange(2, 60)
    for year in range(this_year - 3, this_year):
        period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
        if random.random() < 0.1:
            continue
        for indicator, value in (("headcount", head), ("women", head // 2), ("turnover", head * 90_000)):
            unit = "MAD" if indicator == "turnover" else "people"
            yield companies.Figure(
                company=company, indicator=indicator, period=period, value=value, unit=unit, source="imported"
            )


def make_offices(stays: list[Any], sites: list[Any], today: date) -> None:
    floors = {site.pk: here for site, here in sites}
    offices = bulk(
        Resource,
        [
            Resource(
                site=stay.site,
                floor=random.choice(floors[stay.site_id]),
                code=f"B-{n}",
                kind="startup_office" if n % 12 else "meeting_room",
                capacity=random.randrange(2, 12),
            )
            for n, stay in enumerate(stays)
        ],
    )
    parts = bulk(
        Part,
        [
            Part(site=one.site, floor=one.floor, code=one.code, area=Decimal(random.randrange(12, 60)))
            for one in offices
        ],
    )
    pairs = list(zip(offices, parts, strict=True))
    bulk(ResourcePart, [ResourcePart(resource=resource, part=part) for resource, part in pairs])
    bulk(
        ResourceRate,
        [
            ResourceRate(resource=one, unit=1, amount=Decimal(55), period=DateRange(None, None))
            for one in offices
        ],
    )
    let = [
        (stay, office) for stay, office in zip(stays, offices, strict=True) if office.kind != "meeting_room"
    ]
    contracts = bulk(
        Contract,
        [
            Contract(
                reference=f"CTR-{n:06d}",
                company=stay.company,
                site=stay.site,
                starts_on=stay.period.lower,
                ends_on=today + timedelta(days=random.randrange(-40, 700)) if n % 3 else None,
                deposit=Decimal(3000),
            )
            for n, (stay, _office) in enumerate(let)
        ],
    )
    lines = []
    for contract, (_stay, office) in zip(contracts, let, strict=True):
        last = contract.ends_on
        if last is not None and last < contract.starts_on:
            continue
        period = DateRange(contract.starts_on, last + timedelta(days=1) if last else None)
        lines.append(ContractLine(contract=contract, resource=office, period=period, rent=Decimal(1200)))
    bulk(ContractLine, lines)


def ice(head: int) -> str:
    return f"{head * 100 + -(head * 100) % 97:015d}"
