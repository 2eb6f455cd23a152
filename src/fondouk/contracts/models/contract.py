"""A hosting contract between the operator and a company."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company, LegalIdentity
from fondouk.contracts.enums import ContractState
from fondouk.contracts.rules import READERS
from fondouk.lib.db import folded_column
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


class ContractQuerySet(models.QuerySet["Contract"]):
    def running(self, on: date) -> ContractQuerySet:
        ended = Exists(ContractTermination.objects.filter(contract=OuterRef("pk"), on__lt=on))
        return self.binding().filter(~ended, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def binding(self) -> ContractQuerySet:
        """Those that were signed: of the others nothing is held, nothing owed."""
        return self.filter(is_binding=True)

    def visible_to(self, account: Any) -> ContractQuerySet:
        """Those whose role reads contracts see those of their sites, members those of their company."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account, *READERS)
        if within.network:
            return self
        own = Q(company__in=account.person.memberships.current().values("company"))
        return self.filter(own & Q(is_binding=True) | Q(site__in=within.sites))


@pghistory.track(exclude=["reference_folded"])
class Contract(models.Model):
    """`starts_on` and `ends_on` are both days of the contract. No end: until one is given."""

    reference = models.CharField(_("reference"), max_length=60)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contracts")
    identity = models.ForeignKey(LegalIdentity, on_delete=models.PROTECT, null=True, related_name="contracts")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="contracts")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    deposit = models.DecimalField(_("deposit"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="MAD")
    is_binding = models.BooleanField(default=True, db_default=True, editable=False)

    reference_folded = folded_column("reference")

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("hosting contract")
        verbose_name_plural = _("hosting contracts")
        ordering = ("-starts_on", "reference")
        constraints = [
            models.UniqueConstraint(
                fields=["reference_folded"],
                name="contract_reference_once",
                violation_error_message=_("Another contract has this reference."),
            ),
            models.CheckConstraint(
                name="contract_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The contract ends before it starts."),
            ),
            models.CheckConstraint(
                name="contract_deposit_not_negative", condition=Q(deposit=None) | Q(deposit__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "reference"], name="contract_latest_first"),
            models.Index(fields=["ends_on"], name="contract_by_its_end"),
        ]

    def __str__(self) -> str:
        return self.reference

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}

    @property
    def last_day(self) -> date | None:
        """The day it ends, termination counted."""
        termination = getattr(self, "termination", None)
        days = [day for day in (self.ends_on, termination.on if termination else None) if day]
        return min(days) if days else None

    def state_on(self, day: date) -> ContractState:
        if day < self.starts_on:
            return ContractState.TO_COME
        return ContractState.ENDED if self.last_day and self.last_day < day else ContractState.RUNNING


@pghistory.track()
class ContractTermination(models.Model):
    """The contract ends on that day, before the date it was signed for."""

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="termination")
    on = models.DateField(_("last day"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("termination")
        indexes = [models.Index(fields=["on"], name="termination_by_day")]

    def __str__(self) -> str:
        return f"{self.contract} · {self.on}"
