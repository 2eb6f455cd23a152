"""The billing of a month: which month, which sites, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.rules import READERS
from fondouk.lib.db import part_of_day
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


class RunQuerySet(models.QuerySet["BillingRun"]):
    def visible_to(self, account: Any) -> RunQuerySet:
        """Those of which every site is within reach: its sums are those of all of them."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account, *READERS)
        if within.network:
            return self
        beyond = RunSite.objects.exclude(site__in=within.sites).values("run")
        return self.exclude(pk__in=beyond)


class BillingRun(models.Model):
    """`month` is its first day. What it drafts, and issues, are the invoices that name it."""

    month = models.DateField(_("month"))
    sites = models.ManyToManyField(Site, through="RunSite", related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    drafted_at = models.DateTimeField(null=True, editable=False)
    findings = models.JSONField(default=list, editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("billing of a month")
        verbose_name_plural = _("billing of months")
        ordering = ("-month", "-pk")
        constraints = [
            models.CheckConstraint(name="run_of_a_month", condition=Q(Exact(part_of_day("day", "month"), 1))),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def site_ids(self) -> Iterable[int]:
        return [site.pk for site in self.sites.all()]


class RunSite(models.Model):
    run = models.ForeignKey(BillingRun, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("site of a billing")
        verbose_name_plural = _("sites of a billing")
        constraints = [models.UniqueConstraint(fields=["run", "site"], name="run_site_once")]

    def __str__(self) -> str:
        return f"{self.run} · {self.site}"
