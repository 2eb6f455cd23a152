"""A resource: what is let, booked or used, made of one or several parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import folded_column, vector_column
from fondouk.sites.models import Floor, Site
from fondouk.sites.rules import reach
from fondouk.spaces.enums import OFFICES, Equipment, SpaceKind

from .part import Part


class ResourceQuerySet(models.QuerySet["Resource"]):
    def in_use(self, day: date | None = None) -> ResourceQuerySet:
        """On that day, today unless it is said."""
        on = day or timezone.localdate()
        return self.in_use_between(on, on)

    def in_use_between(self, first: date, last: date) -> ResourceQuerySet:
        """On one of these days at least."""
        return self.lasting(first).filter(Q(in_use_from=None) | Q(in_use_from__lte=last))

    def lasting(self, day: date | None = None) -> ResourceQuerySet:
        """In use on that day (today), or still to come: what may be booked ahead."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day or timezone.localdate()))

    def offices(self) -> ResourceQuerySet:
        return self.filter(kind__in=OFFICES)

    def combined(self) -> ResourceQuerySet:
        """Those made of several parts."""
        return self.annotate(parts_count=Count("resource_parts")).filter(parts_count__gt=1)

    def visible_to(self, account: Any) -> ResourceQuerySet:
        return reach(account).limit(self, "site")


@pghistory.track(exclude=["code_folded", "vector"])
class Resource(models.Model):
    """Rooms A, B and A+B are three resources on two parts: their square metres count once.

    Whoever books one `is_pool` is given one of its parts (any desk of a zone); of others they hold all.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="resources")
    floor = models.ForeignKey(
        Floor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("floor"),
    )
    code = models.CharField(_("code"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=SpaceKind.choices)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True, help_text=_("people"))
    declared_area = models.DecimalField(
        _("declared area"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("m², only where it differs from the sum of the parts"),
    )
    equipment = ArrayField(
        models.CharField(max_length=20, choices=Equipment.choices),
        verbose_name=_("equipment"),
        default=list,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)
    is_pool = models.BooleanField(_("any one of its parts"), default=False)
    in_use_from = models.DateField(_("in use from"), null=True, blank=True)
    withdrawn_on = models.DateField(_("out of use since"), null=True, blank=True)
    parts = models.ManyToManyField(Part, through="ResourcePart", related_name="resources")

    code_folded = folded_column("code")
    vector = vector_column(code="A", note="C")

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ("site", "code_folded")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code_folded"],
                name="resource_code_once",
                violation_error_message=_("The site already has a space with this code."),
            ),
            models.CheckConstraint(name="resource_kind_known", condition=Q(kind__in=SpaceKind.values)),
            models.CheckConstraint(
                name="resource_equipment_known", condition=Q(equipment__contained_by=Equipment.values)
            ),
            models.CheckConstraint(name="resource_has_a_code", condition=~Q(code="")),
            models.CheckConstraint(
                name="resource_in_use_before_it_is_not",
                condition=Q(in_use_from=None) | Q(withdrawn_on=None) | Q(in_use_from__lte=F("withdrawn_on")),
                violation_error_message=_("It is out of use before it is in use."),
            ),
        ]
        indexes = [
            models.Index(fields=["code_folded"], name="resource_code"),
            GinIndex(fields=["vector"], name="resource_vector"),
        ]

    def __str__(self) -> str:
        return self.code

    def is_out_on(self, day: date) -> bool:
        """Whether it is out of use on that day: no longer there, or not yet."""
        return self.is_gone_on(day) or (self.in_use_from is not None and self.in_use_from > day)

    def is_gone_on(self, day: date) -> bool:
        return self.withdrawn_on is not None and self.withdrawn_on <= day

    @property
    def is_gone(self) -> bool:
        return self.is_gone_on(timezone.localdate())

    @property
    def is_to_come(self) -> bool:
        return self.in_use_from is not None and self.in_use_from > timezone.localdate()

    @property
    def area(self) -> Decimal | None:
        """m², the sum of its parts; None where one is unknown."""
        areas = [part.area for part in self.parts.all()]
        known = [area for area in areas if area is not None]
        return sum(known, Decimal(0)) if areas and len(known) == len(areas) else None

    @property
    def is_office(self) -> bool:
        return self.kind in OFFICES

    @property
    def equipment_labels(self) -> list[str]:
        return [str(one.label) for one in Equipment if one in self.equipment]

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}


@pghistory.track()
class ResourcePart(models.Model):
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="resource_parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="resource_parts")

    class Meta:
        verbose_name = _("part of a space")
        verbose_name_plural = _("parts of spaces")
        constraints = [models.UniqueConstraint(fields=["resource", "part"], name="resource_part_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} · {self.part_id}"
