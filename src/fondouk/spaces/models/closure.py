"""A closure: spaces that nobody uses for a while, because of works, a cleaning, or the park's own reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.local import LocalDateTimeField
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.enums import ClosureKind

from .resource import Resource


class ClosureQuerySet(models.QuerySet["Closure"]):
    def standing(self) -> ClosureQuerySet:
        return self.filter(lifted_at=None)

    def visible_to(self, account: Any) -> ClosureQuerySet:
        return reach(account).limit(self, "site")


@pghistory.track()
class Closure(models.Model):
    """`starts` and `ends` on the clock of the site, half-open. While it stands it claims every part of its spaces, as claims
    of the kind `CLAIMS`: what is booked or let there stands in its way, and it in theirs.
    """

    CLAIMS = "closure"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="closures", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=10, choices=ClosureKind.choices, default=ClosureKind.WORKS)
    reason = models.CharField(_("reason"), max_length=160)
    starts = LocalDateTimeField(_("start"))
    ends = LocalDateTimeField(_("end"))
    resources = models.ManyToManyField(Resource, related_name="closures", verbose_name=_("spaces"))
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ("starts", "pk")
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(name="closure_kind_known", condition=Q(kind__in=ClosureKind.values)),
        ]

    def __str__(self) -> str:
        return self.reason

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}
