"""How many spaces of a kind a site is to have."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.spaces.enums import SpaceKind

from .opening import Opening


class PlannedSpace(models.Model):
    """`places` and `area` (m²) are those of all of them together; not known: None."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="spaces")
    kind = models.CharField(_("kind"), max_length=20, choices=SpaceKind.choices)
    count = models.PositiveSmallIntegerField(_("spaces"))
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    area = models.DecimalField(_("area"), max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("planned spaces")
        verbose_name_plural = _("planned spaces")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["opening", "kind"], name="planned_kind_once"),
            models.CheckConstraint(name="planned_kind_known", condition=Q(kind__in=SpaceKind.values)),
            models.CheckConstraint(
                name="planned_some",
                condition=Q(count__range=(1, 2000)),
                violation_error_message=_("From 1 to 2,000 spaces."),
            ),
            models.CheckConstraint(
                name="planned_area_positive",
                condition=Q(area=None) | Q(area__gt=0),
                violation_error_message=_("An area is greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} × {self.count}"
