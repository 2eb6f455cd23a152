"""A site of the network and the phases of its life."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import folded_column, vector_column
from fondouk.sites.enums import Phase, Precision


class SiteQuerySet(models.QuerySet["Site"]):
    def with_phase(self, on: date) -> SiteQuerySet:
        """Each with `phase` and `phase_since` as of that day."""
        past = SitePhase.objects.filter(site=OuterRef("pk")).filter(Q(starts_on__lte=on) | Q(starts_on=None))
        latest = past.order_by(F("starts_on").desc(nulls_last=True), "-pk")
        return self.annotate(
            phase=Subquery(latest.values("phase")[:1]), phase_since=Subquery(latest.values("starts_on")[:1])
        )

    def visible_to(self, account: Any) -> SiteQuerySet:
        from fondouk.sites.rules import reach

        return reach(account).limit(self, "pk")


@pghistory.track(exclude=["name_folded", "vector"])
class Site(models.Model):
    """A place that the network runs, or will."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80)
    city_ar = models.CharField(_("city in Arabic"), max_length=80, blank=True)
    address = models.TextField(_("address"), blank=True)
    commune = models.CharField(_("commune code"), max_length=20, blank=True)
    area = models.DecimalField(
        _("area"), max_digits=9, decimal_places=2, null=True, blank=True, help_text=_("m², as declared")
    )
    zone = models.CharField(_("time zone"), max_length=60, default="Africa/Casablanca")
    description_fr = models.TextField(_("description in French"), blank=True)
    description_ar = models.TextField(_("description in Arabic"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    name_folded = folded_column("name")
    vector = vector_column(name="A", city="A")

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["name_folded"],
                name="site_name_once",
                violation_error_message=_("Another site has this name."),
            ),
            models.CheckConstraint(
                name="site_area_positive",
                condition=Q(area=None) | Q(area__gt=0),
                violation_error_message=_("An area is greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The city, which is how people name a site of the network."""
        return (self.city_ar if get_language() == "ar" else "") or self.city

    @property
    def full_name(self) -> str:
        return (self.name_ar if get_language() == "ar" else "") or self.name

    @property
    def description(self) -> str:
        return str(getattr(self, f"description_{get_language() or 'fr'}", "") or self.description_fr)


@pghistory.track()
class SitePhase(models.Model):
    """From `starts_on` the site is in `phase`, until the next row. No date: for as long as anybody knows."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = (F("starts_on").asc(nulls_first=True), "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "starts_on"],
                name="site_one_phase_a_day",
                nulls_distinct=False,
                violation_error_message=_("The site already changes phase on that day."),
            ),
            models.CheckConstraint(name="site_phase_known", condition=Q(phase__in=Phase.values)),
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.get_phase_display()}"
