"""Sectors with their synonyms, and the sector and stage of a company over time."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Stage
from fondouk.lib.db import no_overlap

from .company import Company


class Dated(models.QuerySet):  # type: ignore[type-arg]
    def on(self, day: date) -> Dated:
        return self.filter(period__contains=day)


@pghistory.track()
class Sector(models.Model):
    """A sector, or a part of one. The operator may add to the three that the network starts with."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    icon = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return str(getattr(self, f"name_{get_language() or 'fr'}", "") or self.name_fr)


@pghistory.track()
class SectorSynonym(models.Model):
    """A name under which books know a sector. `folded` is `fondouk.lib.text.squash(name)`."""

    sector = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("name",)
        constraints = [models.CheckConstraint(name="synonym_not_empty", condition=~Q(folded=""))]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SectorAssignment(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="sector_assignments")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="assignments")
    period = DateRangeField(_("period"))

    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("sector of a company")
        verbose_name_plural = _("sectors of companies")
        constraints = [
            no_overlap("company", name="one_sector", message=_("The company is in another sector then."))
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.sector}"


@pghistory.track()
class StageAssignment(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="stage_assignments")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    period = DateRangeField(_("period"))

    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("stage of a company")
        verbose_name_plural = _("stages of companies")
        constraints = [
            no_overlap("company", name="one_stage", message=_("The company is at another stage then.")),
            models.CheckConstraint(name="stage_known", condition=Q(stage__in=Stage.values)),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.get_stage_display()}"
