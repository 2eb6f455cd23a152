"""The companies of the demonstration: a quarter of a century of them, partners and funds beside."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.demo import told_at
from fondouk.companies.actions import assign_kinds, create_company
from fondouk.companies.models import Company, Sector
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.models import Person
from fondouk.sites.demo import CAST, PARKS
from fondouk.sites.enums import Role
from fondouk.sites.models import Site

from .names import PARTNERS, Names
from .story import lives
from .telling import Park, tell
from .writing import Bulk


def parks() -> dict[str, Park]:
    """By code, those that have opened."""
    people = {member: Person.objects.get(name=member.name, account__isnull=False) for member in CAST}
    staff = {member.role: person for member, person in people.items() if not member.site}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    return {
        park.code: Park(
            Site.objects.get(code=park.code),
            staff,
            next(
                person
                for member, person in people.items()
                if member.role == Role.SITE_MANAGER and member.site == park.code
            ),
            sectors,
        )
        for park in PARKS
        if park.course
    }


def load(scene: Scene) -> None:
    known, names, hand = parks(), Names(scene.chance("names")), Bulk()
    for life in lives(scene):
        tell(life, hand, names, known[life.park], scene)
    hand.write()
    partnerships = next(iter(known.values())).staff[Role.PARTNERSHIPS]
    chance = scene.chance("partners")
    for name, kind in PARTNERS:
        met = date(chance.randrange(2014, scene.today.year), chance.randrange(1, 13), chance.randrange(1, 28))
        with told_at(working_moment(met, chance)):
            partner = create_company(Company(name=name), by=partnerships)
            assign_kinds(partner, [kind], by=partnerships)
        partner.kinds.update(period=DateRange(met, None))
