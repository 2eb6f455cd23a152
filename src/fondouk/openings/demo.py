"""The opening of the site that is still planned: its first steps done, its spaces decided."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fondouk.audit.demo import told_at
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.openings.actions import mark_done, plan_opening, set_capacity
from fondouk.openings.models import Opening, PlannedSpace
from fondouk.people.models import Person
from fondouk.sites.demo import CAST, PARKS
from fondouk.sites.enums import Role
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind

BEGUN = timedelta(days=430)
DONE_BEFORE = timedelta(days=40)
"""Steps due since then are not done yet: something is always late."""
SPACES = (
    (SpaceKind.STARTUP_OFFICE, 24, None, 430), (SpaceKind.SME_OFFICE, 12, None, 520), (SpaceKind.COWORKING, 1, 40, 160),
    (SpaceKind.MEETING_ROOM, 4, 40, 110), (SpaceKind.TRAINING_ROOM, 1, 24, 60), (SpaceKind.HALL, 1, 120, 180),
    (SpaceKind.LAB, 1, 12, 80),
)  # fmt: skip


def load(scene: Scene) -> None:
    park = next(park for park in PARKS if not park.course)
    site = Site.objects.get(code=park.code)
    opens_on = max(park.opened, scene.today + timedelta(days=200))
    directed, led = (
        Person.objects.get(name=member.name, account__isnull=False)
        for member in CAST
        if member.role in (Role.DIRECTION, Role.ADMINISTRATOR)
    )
    begun = scene.today - BEGUN
    with told_at(working_moment(begun, scene.chance("opening"))):
        opening = plan_opening(site, opens_on, by=directed, begun_on=begun)
    opening.steps.update(owner=led)
    with told_at(working_moment(begun + timedelta(days=90), scene.chance("opening", "spaces"))):
        set_capacity(
            opening,
            [
                PlannedSpace(kind=kind, count=count, places=places, area=Decimal(area))
                for kind, count, places, area in SPACES
            ],
            by=directed,
        )
    for step in opening.steps.filter(due_on__lt=scene.today - DONE_BEFORE).select_related("opening__site"):
        chance = scene.chance("step", step.code)
        done = (step.due_on or scene.today) - timedelta(days=chance.randrange(-15, 20))
        with told_at(working_moment(done, chance)):
            mark_done(step, done, by=led)
    Opening.objects.filter(pk=opening.pk).update(demand=70)
