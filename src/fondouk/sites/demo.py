"""The places of the demonstration and those who run them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.demo import told_at
from fondouk.lib.calendars import feasts
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.actions import create_account, create_person
from fondouk.people.models import Person
from fondouk.sites.actions import (
    assign_operator,
    change_hours,
    change_network,
    create_site,
    enter_phase,
    move_feast,
    override_hours,
    plan_feasts,
    save_operator,
)
from fondouk.sites.enums import FeastState, Phase, Role
from fondouk.sites.models import Building, Feast, Floor, Grant, Network, Operator, Site

DOMAIN = "demo.example"
"""RFC 2606 keeps `.example` for examples: no letter sent there arrives anywhere."""


@dataclass(frozen=True)
class Park:
    """A site. `course` is how many companies it hosts, at (year, number): what the history follows."""

    code: str
    name: str
    name_ar: str
    city: str
    city_ar: str
    opened: date
    area: int
    course: tuple[tuple[float, float], ...]
    buildings: tuple[tuple[str, str, int], ...]
    """Code, name, and the highest floor."""
    pace: float
    """How fast companies come and go, beside 1."""
    offices: int
    """Offices at scale 1: more than the companies that hold one at the fullest."""
    texts: tuple[str, str, str]
    """In French, Arabic, English."""


PARKS = (
    Park(
        "casablanca", "Parc de Casablanca", "مجمّع الدار البيضاء", "Casablanca", "الدار البيضاء", date(2001, 10, 15), 14_800,
        ((2001.79, 0), (2002.5, 55), (2004, 118), (2008, 146), (2014, 158), (2020, 168), (2023, 182), (2027, 208), (2034, 226)),
        (("A", "Aile nord", 5), ("B", "Aile sud", 5), ("C", "Pavillon", 1)), 1.1, 178,
        (
            "Le premier site du réseau : bureaux, coworking, laboratoires et un amphithéâtre autour d’une cour.",
            "أول مواقع الشبكة: مكاتب وفضاء عمل مشترك ومختبرات ومدرّج حول ساحة واحدة.",
            "The first site of the network: offices, coworking, laboratories and an amphitheatre around one court.",
        ),
    ),
    Park(
        "rabat", "Parc de Rabat", "مجمّع الرباط", "Rabat", "الرباط", date(2012, 3, 12), 5_200,
        ((2012.2, 0), (2013, 24), (2016, 42), (2020, 50), (2023, 57), (2027, 73), (2034, 78)),
        (("A", "Bâtiment principal", 4), ("B", "Annexe", 1)), 0.68, 66,
        (
            "Près des administrations et des écoles d’ingénieurs, le site des services numériques publics et de la cybersécurité.",
            "قرب الإدارات ومدارس المهندسين: موقع الخدمات الرقمية العمومية والأمن السيبراني.",
            "Near the administrations and the engineering schools: public digital services and cybersecurity.",
        ),
    ),
    Park(
        "tanger", "Parc de Tanger", "مجمّع طنجة", "Tanger", "طنجة", date(2015, 9, 21), 3_600,
        ((2015.72, 0), (2016.5, 16), (2019, 27), (2023, 36), (2027, 49), (2034, 54)),
        (("A", "Bâtiment du port", 4),), 0.8, 46,
        (
            "Tourné vers la logistique, les énergies renouvelables et l’industrie du détroit.",
            "موقع موجه نحو اللوجستيك والطاقات المتجددة وصناعات المضيق.",
            "Turned towards logistics, renewable energy and the industries of the strait.",
        ),
    ),
    Park(
        "agadir", "Parc d’Agadir", "مجمّع أكادير", "Agadir", "أكادير", date(2027, 9, 1), 4_000, (), (("A", "Bâtiment A", 3),), 1.0, 0,
        (
            "En projet : agritech, mer et tourisme.",
            "مشروع: التكنولوجيا الفلاحية والبحر والسياحة.",
            "Planned: agricultural technology, the sea and tourism.",
        ),
    ),
)  # fmt: skip
"""Cities of the model; every address, surface and figure is invented."""


@dataclass(frozen=True)
class Member:
    """Somebody of the staff: `sites` are those of the role, none for the whole network."""

    name: str
    name_ar: str
    role: Role
    site: str
    since: date


CAST = (
    Member("Nadia Benjelloun", "نادية بنجلون", Role.DIRECTION, "", date(2016, 1, 4)),
    Member("Karim Lahlou", "كريم لحلو", Role.ADMINISTRATOR, "", date(2014, 9, 1)),
    Member("Youssef Tazi", "يوسف التازي", Role.SITE_MANAGER, "casablanca", date(2009, 2, 2)),
    Member("Hind Naciri", "هند الناصري", Role.SITE_MANAGER, "rabat", date(2018, 5, 7)),
    Member("Mehdi Bakkali", "المهدي البقالي", Role.SITE_MANAGER, "tanger", date(2015, 6, 1)),
    Member("Salma Ouazzani", "سلمى الوزاني", Role.ADMISSIONS, "", date(2019, 3, 4)),
    Member("Driss Filali", "إدريس الفيلالي", Role.SPACES, "", date(2011, 10, 3)),
    Member("Latifa Sebti", "لطيفة السبتي", Role.FINANCE, "", date(2007, 4, 2)),
    Member("Anas Cherkaoui", "أنس الشرقاوي", Role.PROGRAMMES, "", date(2020, 9, 7)),
    Member("Imane Touzani", "إيمان التوزاني", Role.EVENTS, "", date(2021, 2, 1)),
    Member("Rachid Mernissi", "رشيد المرنيسي", Role.PARTNERSHIPS, "", date(2013, 1, 7)),
    Member("Zineb Wahbi", "زينب وهبي", Role.RECEPTION, "casablanca", date(2022, 6, 6)),
)  # fmt: skip
"""One person for each role of the operator, a manager for each open site."""

WEEK = {day: (time(8, 30), time(19, 0)) for day in range(1, 6)} | {6: (time(9, 0), time(13, 0))}
RAMADAN = {day: (time(9, 0), time(16, 0)) for day in range(1, 6)}


def load(scene: Scene) -> None:
    by = _staff(scene)
    with told_at(working_moment(PARKS[0].opened, scene.chance("network"))):
        operator = _network(by)
    for park in PARKS:
        began = park.opened if park.course else scene.today - timedelta(days=500)
        with told_at(working_moment(began, scene.chance("site", park.code))):
            site = _site(park, scene, by)
            if park.course:
                assign_operator(site, operator, since=park.opened, by=by)
    _give_roles()
    with told_at(working_moment(scene.today.replace(month=1, day=8), scene.chance("calendar"))):
        _calendar(scene, by)


def _network(by: Person) -> Operator:
    network = Network.current()
    network.name, network.name_ar = "Réseau Fondouk", "شبكة فندق"
    network.tagline_fr = "Là où les entreprises qui innovent s’installent, grandissent et se rencontrent."
    network.tagline_ar = "حيث تستقر المقاولات المبتكرة وتنمو وتلتقي."
    network.tagline_en = "Where innovative companies settle, grow and meet."
    network.contact_email = f"bonjour@{DOMAIN}"
    change_network(network, by=by)
    operator = Operator(
        name="Société gestionnaire du réseau (fictive)", invoice_prefix="DEMO", address="Casablanca"
    )
    return save_operator(operator, by=by)


def _staff(scene: Scene) -> Person:
    """Everybody of the cast, with an account that no password opens; the direction, who signs what follows."""
    people = {}
    for member in CAST:
        name = member.name.lower().replace(" ", ".")
        with told_at(working_moment(member.since, scene.chance("staff", name))):
            person = create_person(
                name=member.name, name_ar=member.name_ar, email=f"{name}@{DOMAIN}", by=None
            )
            create_account(person=person, email=f"{name}@{DOMAIN}", password=None, by=person)
        people[member] = person
    return people[CAST[0]]


def _site(park: Park, scene: Scene, by: Person) -> Site:
    french, arabic, english = park.texts
    site = Site(
        code=park.code, name=park.name, name_ar=park.name_ar, city=park.city, city_ar=park.city_ar, area=park.area,
        address=f"{park.city} (adresse fictive)", description_fr=french, description_ar=arabic, description_en=english,
    )  # fmt: skip
    if not park.course:
        create_site(site, phase=Phase.PLANNED, starts_on=scene.today - timedelta(days=500), by=by)
    else:
        create_site(
            site, phase=Phase.PLANNED, starts_on=park.opened.replace(year=park.opened.year - 2), by=by
        )
        enter_phase(site, phase=Phase.OPENING, starts_on=park.opened - timedelta(days=120), by=by)
        enter_phase(site, phase=Phase.OPEN, starts_on=park.opened, by=by)
    for code, name, top in park.buildings:
        building = Building.objects.create(site=site, code=code, name=name)
        Floor.objects.bulk_create(Floor(building=building, level=level) for level in range(top + 1))
    return site


def _give_roles() -> None:
    """Since they came: `give_role` would begin today."""
    sites = {site.code: site for site in Site.objects.all()}
    Grant.objects.bulk_create(
        Grant(
            person=Person.objects.get(name=member.name), role=member.role, site=sites.get(member.site),
            period=DateRange(member.since, None),
        )
        for member in CAST
    )  # fmt: skip


def _calendar(scene: Scene, by: Person) -> None:
    """Usual hours, Ramadan's of this year and the next, and the holidays of both: those that passed are certain."""
    open_sites = [Site.objects.get(code=park.code) for park in PARKS if park.course]
    for site in open_sites:
        change_hours(site, WEEK, by=by)
    for year in (scene.today.year, scene.today.year + 1):
        plan_feasts(year)
        eid = next(feast.date for feast in feasts(year, "fr") if feast.code == "eid_al_fitr")
        for site in open_sites:
            override_hours(
                site,
                label="Ramadan",
                first=eid - timedelta(days=30),
                last=eid - timedelta(days=1),
                week=RAMADAN,
                by=by,
            )
    for feast in Feast.objects.filter(state=FeastState.PROVISIONAL, on__lt=scene.today).exclude(
        code__endswith="_2"
    ):
        move_feast(feast, on=feast.on, state=FeastState.CONFIRMED, by=by)
