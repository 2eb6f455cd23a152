"""What the residents of the demonstration have asked for in the last quarter, and what became of it."""

from __future__ import annotations

import random
from datetime import timedelta

from fondouk.audit.demo import told_at
from fondouk.companies.models import Membership
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.models import Person
from fondouk.requests.actions import assign, open_request, rate, say
from fondouk.requests.enums import State
from fondouk.requests.models import Category, Request
from fondouk.requests.queries import handlers
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource

DAYS, MANY = 90, 36
ASKED = {
    "Internet et réseau": ("Connexion instable depuis ce matin", "Prise réseau muette", "الشبكة بطيئة جدا"),
    "Électricité et éclairage": ("Néon qui clignote", "Disjoncteur qui saute l’après-midi"),
    "Climatisation et chauffage": (
        "Climatisation bruyante",
        "Il fait trop froid dans le bureau",
        "المكيف لا يعمل",
    ),
    "Eau et sanitaires": ("Robinet qui fuit",),
    "Portes, serrures et mobilier": ("Serrure qui coince", "Chaise cassée dans la salle"),
    "Badge ou clé": ("Badge pour une nouvelle stagiaire", "Badge perdu", "شارة لموظف جديد"),
    "Ménage": ("Nettoyage après un événement", "Vitres à faire"),
    "Accès Internet": ("Adresse IP fixe pour un serveur", "Plus de débit pour une démonstration"),
    "Autre demande": ("Panneau avec notre nouveau nom", "Place de parking pour un visiteur"),
}
ANSWERS = (
    "Merci pour le signalement : un technicien passe dans la journée.",
    "C’est noté. Nous commandons la pièce.",
    "Vu avec le prestataire, intervention demain matin.",
)
DONE = ("C’est réparé, dites-nous si cela revient.", "Fait ce matin.", "Réglé : redémarrez votre poste.")


def load(scene: Scene) -> None:
    for site in Site.objects.filter(residencies__isnull=False).distinct().order_by("pk"):
        _history(site, scene)


def _history(site: Site, scene: Scene) -> None:
    chance = scene.chance("requests", site.code)
    teams = list(
        Membership.objects.on(scene.today)
        .filter(company__residencies__site=site, company__residencies__period__contains=scene.today)
        .select_related("company", "person")
        .order_by("pk")
    )
    people = list(handlers(site.pk).order_by("pk"))
    rooms = list(Resource.objects.in_use().filter(site=site).order_by("pk"))
    categories = {one.name_fr: one for one in Category.objects.all()}
    if not (teams and people and rooms and categories):
        return
    for number in range(max(4, round(MANY * scene.scale))):
        day = scene.today - timedelta(
            days=1 + round(DAYS * (number / MANY / max(scene.scale, 0.1)) ** 1.5) % DAYS
        )
        _one(site, teams, people, rooms, categories, scene, day, chance)


def _one(
    site: Site,
    teams: list[Membership],
    people: list[Person],
    rooms: list[Resource],
    categories: dict[str, Category],
    scene: Scene,
    day: object,
    chance: random.Random,
) -> None:
    name = chance.choice(sorted(ASKED.keys() & categories.keys()))
    team = chance.choice(teams)
    asked = working_moment(day, chance)  # type: ignore[arg-type]
    request = Request(
        site=site,
        category=categories[name],
        company=team.company,
        reporter=team.person,
        resource=chance.choice([*rooms, None]),  # type: ignore[list-item]
        title=chance.choice(ASKED[name]),
        is_blocking=chance.random() < 0.15,
    )
    with told_at(asked):
        open_request(request, by=team.person, now=asked)
    age = (scene.today - asked.date()).days
    if age < 2 and chance.random() < 0.3:
        return  # nobody has looked at it yet
    by = chance.choice(people)
    answered = asked + timedelta(minutes=chance.choice((20, 45, 90, 180)))
    with told_at(answered):
        assign(request, by, by=by)
        say(request, by=by, is_staff=True, text=chance.choice(ANSWERS), state=State.UNDERWAY, now=answered)
    if age < 3 or chance.random() < 0.08:
        return
    resolved = working_moment((answered + timedelta(days=chance.choice((0, 1, 1, 2)))).date(), chance)
    resolved = max(resolved, answered + timedelta(minutes=30))
    with told_at(resolved):
        say(request, by=by, is_staff=True, text=chance.choice(DONE), state=State.RESOLVED, now=resolved)
    if chance.random() < 0.6:
        with told_at(resolved + timedelta(hours=2)):
            rate(request, chance.choice((3, 4, 4, 5, 5)), by=team.person)
