"""Those who came to the parks of the demonstration in the last half-year: letters, tours, and what came of them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.utils.text import slugify

from fondouk.audit.demo import told_at
from fondouk.companies.enums import MemberRole
from fondouk.companies.models import Membership, Residency
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.demo import a_name
from fondouk.people.models import Person
from fondouk.prospects.actions import (
    assign_prospect,
    close_prospect,
    end_tour,
    follow_up,
    note_prospect,
    plan_tour,
)
from fondouk.prospects.enums import DayPart, Origin, Outcome, Purpose, TourEnd
from fondouk.prospects.models import Prospect, Tour
from fondouk.sites.demo import CAST, DOMAIN
from fondouk.sites.enums import Role
from fondouk.sites.models import Site

DAYS, MANY, SETTLED = 180, 34, 8
WANTED = {
    Purpose.SETTLE: (
        "Nous sommes une équipe de quatre personnes et cherchons un bureau équipé pour le printemps.",
        "Notre société grandit, nos locaux sont trop petits. Peut-on visiter ?",
        "نحن فريق من ثلاثة أشخاص نطوّر منصة للتكوين عن بعد، ونبحث عن مكتب.",
        "We are moving our back-end team to Morocco and would like to see the offices.",
    ),
    Purpose.PROGRAMME: (
        "J’ai un prototype et aimerais savoir comment rejoindre un programme d’incubation.",
        "هل يمكن لطالبين في السنة الأخيرة تقديم مشروعهما؟",
    ),
    Purpose.PARTNERSHIP: ("Notre école souhaite proposer des stages à vos entreprises.",),
    Purpose.INVESTMENT: ("Nous investissons en amorçage et aimerions rencontrer des entreprises du parc.",),
    Purpose.DELEGATION: (
        "Une délégation d’une trentaine de personnes souhaite visiter le site.",
        "Visite d’une classe d’ingénieurs, deux groupes.",
    ),
    Purpose.PRESS: ("Je prépare un article sur les parcs technologiques.",),
}
WEIGHTS = (18, 6, 3, 2, 4, 1)
SAID = (
    "Rappelé : veut voir un bureau de vingt mètres carrés, budget à confirmer.",
    "Envoyé les tarifs et le dossier. À rappeler la semaine prochaine.",
    "Entretien téléphonique : projet sérieux, équipe complète.",
    "Message laissé sur le répondeur.",
)
ENDS = (Outcome.SERVED, Outcome.LATER, Outcome.UNFIT, Outcome.SILENT)


def load(scene: Scene) -> None:
    staff = {
        (member.role, member.site): Person.objects.get(name=member.name, account__isnull=False)
        for member in CAST
    }
    sites = list(Site.objects.filter(code__in={member.site for member in CAST if member.site}).order_by("pk"))
    for number in range(scene.many(SETTLED)):
        _settled(scene, staff, number)
    for number in range(scene.many(MANY)):
        _came(scene, staff, sites, number)


def _moment(scene: Scene, days: float, chance: random.Random) -> datetime:
    return working_moment(scene.today - timedelta(days=days), chance)


def _note(prospect: Prospect, tour: Tour | None, at: datetime, by: Person) -> Prospect:
    prospect.asked_at = at
    if tour is not None:
        tour.asked_at = at
    with told_at(at):
        return note_prospect(prospect, tour=tour, by=by)


def _say(prospect: Prospect, text: str, at: datetime, by: Person, next_on: object = None) -> None:
    with told_at(at):
        said = follow_up(prospect, text, next_on=next_on, by=by)  # type: ignore[arg-type]
    type(said).objects.filter(pk=said.pk).update(written_at=at)


def _close(prospect: Prospect, outcome: Outcome, at: datetime, by: Person, company: object = None) -> None:
    with told_at(at):
        close_prospect(prospect, outcome, company=company, by=by)  # type: ignore[arg-type]
    Prospect.objects.filter(pk=prospect.pk).update(closed_at=at)


def _settled(scene: Scene, staff: dict[tuple[Role, str], Person], number: int) -> None:
    """One of the last to arrive: its head had asked some months before."""
    chance = scene.chance("prospect", "settled", number)
    stays = Residency.objects.filter(period__startswith__lte=scene.today).select_related("company", "site")
    stay = next(iter(stays.order_by("-period", "pk")[number : number + 1]), None)
    first = stay.period.lower if stay else None
    if stay is None or first is None:
        return
    head = (
        Membership.objects.filter(company=stay.company, role=MemberRole.OWNER)
        .select_related("person")
        .first()
    )
    by = staff[Role.ADMISSIONS, ""]
    at = working_moment(first - timedelta(days=70 + chance.randrange(40)), chance)
    name = head.person.name if head else a_name(chance).latin
    prospect = _note(
        Prospect(
            name=name, organisation=stay.company.name, email=f"{slugify(name)}@{DOMAIN}", purpose=Purpose.SETTLE,
            site=stay.site, origin=Origin.PHONE, message=WANTED[Purpose.SETTLE][0], steward=by,
        ),
        None, at, by,
    )  # fmt: skip
    _close(prospect, Outcome.SETTLED, working_moment(first, chance), by, stay.company)


def _came(scene: Scene, staff: dict[tuple[Role, str], Person], sites: list[Site], number: int) -> None:
    chance = scene.chance("prospect", number)
    purpose = chance.choices(list(WANTED), WEIGHTS)[0]
    site = chance.choices(sites, [5, 2, 1][: len(sites)])[0]
    name = a_name(chance)
    days = 1 + chance.random() ** 1.6 * DAYS  # nothing of today: it may not be noon yet
    at = _moment(scene, days, chance)
    text = chance.choice(WANTED[purpose])
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    manager, welcome = staff[Role.SITE_MANAGER, site.code], staff[Role.ADMISSIONS, ""]
    prospect = Prospect(
        name=name.arabic if is_arabic else name.latin,
        organisation=chance.choice(("", f"Atelier {name.latin.split()[-1]}", f"{name.latin.split()[-1]} Conseil")),
        email=name.address_at(DOMAIN), purpose=purpose, site=site, message=text,
        language="ar" if is_arabic else "en" if text.startswith("We ") else "fr",
        origin=chance.choice((Origin.FORM, Origin.FORM, Origin.PHONE, Origin.MAIL, Origin.DESK)),
    )  # fmt: skip
    wishes = purpose in (Purpose.SETTLE, Purpose.DELEGATION) and chance.random() < 0.7
    tour = None
    if wishes:
        many = chance.randrange(12, 40) if purpose == Purpose.DELEGATION else chance.randrange(1, 5)
        tour = Tour(
            site=site, visitors=many, wished_on=at.date() + timedelta(days=7), wished_part=DayPart.MORNING
        )
    _note(prospect, tour, at, welcome)
    if days < 4 and chance.random() < 0.7:
        return  # nobody has read it yet
    with told_at(_moment(scene, max(1, days - 1), chance)):
        assign_prospect(prospect, manager if tour else welcome, by=welcome)
    _say(prospect, chance.choice(SAID), _moment(scene, max(1, days - 2), chance), welcome)
    if tour is not None and days > 4:
        _toured(scene, tour, days, manager, chance)
    if days > 45 or (days > 20 and chance.random() < 0.5):
        _close(prospect, chance.choice(ENDS), _moment(scene, max(1, days - 18), chance), welcome)
    elif chance.random() < 0.4:
        back = scene.today + timedelta(days=chance.randrange(-3, 12))
        Prospect.objects.filter(pk=prospect.pk).update(next_on=back)


def _toured(scene: Scene, tour: Tour, days: float, guide: Person, chance: random.Random) -> None:
    """Some days after the request; still to come where that is not over. The first hour in which the guide is free."""
    day = scene.today - timedelta(days=round(days) - 12)
    begins = working_moment(day, chance).replace(hour=9, minute=0)
    length = timedelta(minutes=50)
    with told_at(_moment(scene, max(1, days - 3), chance)):
        while (
            Tour.objects.live()
            .filter(guide=guide, starts_at__lt=begins + length, ends_at__gt=begins)
            .exists()
        ):
            begins += timedelta(hours=1)
        plan_tour(tour, starts_at=begins, ends_at=begins + length, guide=guide, by=guide, tell=False)
    if day < scene.today:
        with told_at(begins + length):
            end_tour(tour, TourEnd.DONE if chance.random() < 0.85 else TourEnd.MISSED, by=guide, tell=False)
        Tour.objects.filter(pk=tour.pk).update(ended_at=begins + length)
