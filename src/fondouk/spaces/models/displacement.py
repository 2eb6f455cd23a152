"""A claim that found no place any more when the clock was put to another time: somebody has to decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.sites.rules import reach

from .part import Part
from .resource import Resource


class DisplacementQuerySet(models.QuerySet["Displacement"]):
    def open(self) -> DisplacementQuerySet:
        return self.filter(settled_at=None)

    def of(self, kind: str, owners: Iterable[int]) -> DisplacementQuerySet:
        return self.filter(kind=kind, owner__in=list(owners))

    def visible_to(self, account: Any) -> DisplacementQuerySet:
        return reach(account).limit(self, "part__site")


class Displacement(models.Model):
    """`kind` and `owner` as in `Claim`; `during` is the time it should have held. Open until its owner is moved, or given
    up.
    """

    kind = models.CharField(max_length=20)
    owner = models.BigIntegerField()
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="displacements")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=160, blank=True)
    during = DateTimeRangeField(_("time"))
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True)

    objects = DisplacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation without a place")
        verbose_name_plural = _("occupations without a place")
        ordering = ("during", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "owner", "part"],
                condition=models.Q(settled_at=None),
                name="displaced_once",
                violation_error_message=_("This occupation waits for a place already."),
            )
        ]

    def __str__(self) -> str:
        return self.label or f"{self.kind} {self.owner}"

    def site_ids(self) -> Iterable[Any]:
        return {self.part.site_id}
