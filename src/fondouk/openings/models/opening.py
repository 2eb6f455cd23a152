"""The plan of one site's opening. When it opens is said by the life of the site (`SitePhase`), nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site, SitePhase


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, account: Any) -> OpeningQuerySet:
        return self.filter(site__in=Site.objects.visible_to(account).values("pk"))


class Opening(models.Model):
    """`demand` and `years` are what the simulation of its filling assumes."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="opening")
    demand = models.PositiveSmallIntegerField(_("demand"), default=100)
    """Per cent of the entries that the sites opened before saw in the same year of their life."""
    years = models.PositiveSmallIntegerField(_("years ahead"), default=5)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a site")
        verbose_name_plural = _("openings of sites")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="opening_demand_in_range",
                condition=Q(demand__range=(10, 300)),
                violation_error_message=_("From 10 to 300 per cent."),
            ),
            models.CheckConstraint(
                name="opening_years_in_range",
                condition=Q(years__range=(1, 10)),
                violation_error_message=_("From 1 to 10 years."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)

    def site_ids(self) -> list[int]:
        return [self.site_id]

    def phase(self) -> SitePhase | None:
        """The phase that opens the site: the next that is to come, else the last that came; None while no day is set."""
        days = SitePhase.objects.filter(site=self.site_id, phase=Phase.OPEN, starts_on__isnull=False)
        today = timezone.localdate()
        return (
            days.filter(starts_on__gt=today).order_by("starts_on").first()
            or days.filter(starts_on__lte=today).order_by("-starts_on").first()
        )

    def opens_on(self) -> date | None:
        phase = self.phase()
        return phase.starts_on if phase else None
