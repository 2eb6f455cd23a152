"""Official figures of the demonstration, as invented as the rest and saying so; editions, each published on its day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fondouk.audit.demo import told_at
from fondouk.impact.actions import note_official, publish_edition
from fondouk.impact.enums import Official
from fondouk.impact.models import OfficialFigure
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.enums import Role

FIRST, GROWTH, LATEST = 2012, 0.035, 4_150_000_000
"""The national turnover of the last year, in dirhams at scale 1: chosen so that the share is a likely one."""
EDITIONS = 6
"""How many of the last years are published: of other years an edition shows what theirs did."""


def load(scene: Scene) -> None:
    direction = next(member for member in CAST if member.role == Role.DIRECTION)
    by = Person.objects.get(name=direction.name, account__isnull=False)
    last = scene.today.year - 1
    for year in range(FIRST, last + 1):
        value = Decimal(round(LATEST * scene.scale / (1 + GROWTH) ** (last - year), -6))
        noted = min(date(year + 1, 6, 20), scene.today - timedelta(days=30))
        with told_at(moment := working_moment(noted, scene.chance("official", year))):
            note_official(
                OfficialFigure(
                    code=Official.ICT_TURNOVER, year=year, value=value, noted_at=moment,
                    scope="Édition de logiciels, services et conseil informatiques ; opérateurs de télécommunications exclus.",
                    source=f"Chiffre fictif de la démonstration, année {year}. Aucune source réelle.",
                ),
                by=by,
            )  # fmt: skip
    for year in range(last - EDITIONS + 1, last + 1):
        published = min(date(year + 1, 10, 5), scene.today - timedelta(days=3))
        with told_at(moment := working_moment(published, scene.chance("edition", year))):
            publish_edition(
                year, note="Édition de démonstration : tous les chiffres sont inventés.", by=by, at=moment
            )
