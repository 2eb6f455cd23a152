"""A part: the smallest area that can be occupied. Square metres are counted here and nowhere else."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import folded_column
from fondouk.sites.models import Floor, Site


@pghistory.track(exclude=["code_folded"])
class Part(models.Model):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="parts")
    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    code = models.CharField(_("code"), max_length=80)
    area = models.DecimalField(_("area"), max_digits=8, decimal_places=2, null=True, help_text=_("m²"))

    code_folded = folded_column("code")

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ("site", "code_folded")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code_folded"],
                name="part_code_once",
                violation_error_message=_("The site already has a part with this code."),
            ),
            models.CheckConstraint(
                name="part_area_positive",
                condition=Q(area=None) | Q(area__gt=0),
                violation_error_message=_("An area is greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.code
