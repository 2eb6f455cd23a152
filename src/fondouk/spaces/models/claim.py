"""A claim: a part that is occupied for a while. The one calendar of occupation, of which the database is the judge."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.lib.db import no_overlap

from .part import Part
from .resource import Resource


class ClaimQuerySet(models.QuerySet["Claim"]):
    def live(self, at: datetime | None = None) -> ClaimQuerySet:
        """Without the holds that have run out. They still stand in the way of others until somebody removes them."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at or timezone.now()))

    def run_out(self, at: datetime | None = None) -> ClaimQuerySet:
        return self.filter(expires_at__lte=at or timezone.now())

    def during(self, start: datetime | None, end: datetime | None) -> ClaimQuerySet:
        """Those that touch [start, end); None is without bound."""
        return self.filter(during__overlap=(start, end))

    def on(self, parts: Collection[int]) -> ClaimQuerySet:
        return self.filter(part__in=parts)

    def of(self, kind: str, owners: Iterable[int]) -> ClaimQuerySet:
        """What these records of one kind of owner hold."""
        return self.filter(kind=kind, owner__in=list(owners))


class Claim(models.Model):
    """`kind` names who claims (see `spaces.claims`), `owner` is the key of its record: a contract's line, a booking's
    occurrence, a closure. What a plan needs to draw it is here; the owner says the rest.

    Setting up and cleaning are within `during`, half-open, in UTC. What the clock on the wall says is the owner's truth;
    `zones` is the version of the time-zone data that it was derived with.
    """

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="claims")
    during = DateTimeRangeField(_("time"))
    kind = models.CharField(max_length=20)
    owner = models.BigIntegerField()
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, null=True, related_name="claims", verbose_name=_("space")
    )
    company = models.ForeignKey(
        Company, on_delete=models.SET_NULL, null=True, related_name="claims", verbose_name=_("company")
    )
    label = models.CharField(_("label"), max_length=160, blank=True)
    expires_at = models.DateTimeField(_("held until"), null=True)
    zones = models.CharField(max_length=20)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        constraints = [
            no_overlap(
                "part", name="part_claimed_once", during="during", message=_("This space is taken then.")
            ),
            models.CheckConstraint(
                name="claim_half_open",
                condition=Q(during__isempty=False)
                & (Q(during__lower_inc=True) | Q(during__lower_inf=True))
                & Q(during__upper_inc=False),
                violation_error_message=_("It ends before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "owner"], name="claim_owner"),
            GistIndex(fields=["during"], include=["part", "expires_at"], name="claim_time"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.kind} {self.owner}"

    @property
    def start(self) -> datetime | None:
        return self.during.lower  # type: ignore[no-any-return]

    @property
    def end(self) -> datetime | None:
        return self.during.upper  # type: ignore[no-any-return]

    def is_live(self, at: datetime | None = None) -> bool:
        return self.expires_at is None or self.expires_at > (at or timezone.now())

    def site_ids(self) -> Iterable[Any]:
        return {self.part.site_id}
