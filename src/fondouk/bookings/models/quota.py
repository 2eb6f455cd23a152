"""How much somebody may book in a day, a week or a month."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Audience, QuotaPer, QuotaSpan
from fondouk.lib.db import no_overlap
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind

from .scope import scope_of


class QuotaQuerySet(models.QuerySet["QuotaRule"]):
    def on(self, day: date) -> QuotaQuerySet:
        return self.filter(period__contains=day)


@pghistory.track(exclude=["scope"])
class QuotaRule(models.Model):
    """Spaces of a kind or of all kinds, on a site or on all, together; each company or each person for itself. Every quota
    that applies holds. The staff has none unless one names it.
    """

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    kind = models.CharField(_("kind of space"), max_length=20, choices=SpaceKind.choices, blank=True)
    audience = models.CharField(_("who"), max_length=10, choices=Audience.choices, blank=True)
    per = models.CharField(_("for each"), max_length=10, choices=QuotaPer.choices)
    span = models.CharField(_("in a"), max_length=10, choices=QuotaSpan.choices)
    most_minutes = models.PositiveIntegerField(_("at most (minutes)"))
    period = DateRangeField(_("period"))

    scope = models.GeneratedField(
        expression=scope_of("site", "kind", "audience", "per", "span"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("site", "kind", "audience", "period")
        constraints = [
            no_overlap(
                "scope",
                name="one_quota",
                message=_("Another quota says so for the same spaces, people and days."),
            ),
            models.CheckConstraint(name="quota_per_known", condition=Q(per__in=QuotaPer.values)),
            models.CheckConstraint(name="quota_span_known", condition=Q(span__in=QuotaSpan.values)),
        ]

    def __str__(self) -> str:
        words = (
            self.site or "",
            self.get_kind_display() if self.kind else "",
            self.get_audience_display() if self.audience else "",
        )
        return " · ".join(str(word) for word in words if word) or str(_("Everywhere"))
