"""The drawing of a floor: where each part lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.sites.models import Floor
from fondouk.sites.rules import reach

from .part import Part

WIDEST = 100_000


class FloorPlanQuerySet(models.QuerySet["FloorPlan"]):
    def visible_to(self, account: Any) -> FloorPlanQuerySet:
        return reach(account).limit(self, "floor__building__site")


@pghistory.track()
class FloorPlan(models.Model):
    """`width` and `height` of the drawing, in centimetres when it was measured, else in whatever it was drawn in: shapes are
    given in the same. The origin is the upper left corner, in every language.
    """

    floor = models.OneToOneField(
        Floor, on_delete=models.CASCADE, related_name="drawing", verbose_name=_("floor")
    )
    width = models.PositiveIntegerField(_("width"), default=4000)
    height = models.PositiveIntegerField(_("height"), default=2500)
    underlay = models.OneToOneField(
        StoredFile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture below"),
    )
    sequence = models.PositiveIntegerField(default=0)

    objects = FloorPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("floor plan")
        verbose_name_plural = _("floor plans")
        constraints = [
            models.CheckConstraint(
                name="floor_plan_has_a_size",
                condition=Q(width__range=(10, WIDEST), height__range=(10, WIDEST)),
                violation_error_message=_("A drawing is between 10 and 100,000 wide and high."),
            )
        ]

    def __str__(self) -> str:
        return str(self.floor)

    @property
    def letters(self) -> int:
        """How large words are on it."""
        return max(1, self.width // 55)

    def site_ids(self) -> Iterable[int]:
        return {self.floor.building.site_id}


@pghistory.track()
class Shape(models.Model):
    """The outline of a part: `points` [[x, y], …], whole numbers, three of them at least."""

    plan = models.ForeignKey(FloorPlan, on_delete=models.CASCADE, related_name="shapes")
    part = models.OneToOneField(Part, on_delete=models.CASCADE, related_name="shape")
    points = ArrayField(ArrayField(models.IntegerField(), size=2))

    class Meta:
        verbose_name = _("shape")
        verbose_name_plural = _("shapes")
        ordering = ("part__code", "pk")
        constraints = [
            models.CheckConstraint(
                name="shape_has_corners",
                condition=Q(points__len__gte=3),
                violation_error_message=_("A shape has three corners at least."),
            )
        ]

    def __str__(self) -> str:
        return str(self.part_id)
