"""The Internet service of a company on a site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.access.rules import HANDLERS
from fondouk.companies.models import Company
from fondouk.lib.db import no_overlap
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


class ServiceQuerySet(models.QuerySet["InternetService"]):
    def on(self, day: date) -> ServiceQuerySet:
        return self.filter(period__contains=day)

    def visible_to(self, account: Any) -> ServiceQuerySet:
        return reach(account, *HANDLERS).limit(self, "site")


@pghistory.track()
class InternetService(models.Model):
    """`network` is the number of the company's own network (VLAN, IEEE 802.1Q): two companies never share one."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="internet_services", verbose_name=_("company")
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="internet_services", verbose_name=_("site")
    )
    period = DateRangeField(_("period"))
    network = models.PositiveSmallIntegerField(_("network number (VLAN)"))
    down = models.PositiveIntegerField(_("down (Mbit/s)"), null=True, blank=True)
    up = models.PositiveIntegerField(_("up (Mbit/s)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Internet service")
        verbose_name_plural = _("Internet services")
        ordering = ("site", "network", "period")
        constraints = [
            no_overlap(
                "company",
                "site",
                name="internet_one_service",
                message=_("The company has a service on this site in that time already."),
            ),
            no_overlap(
                "site",
                "network",
                name="internet_own_network",
                message=_("Another company has this network number on this site in that time."),
            ),
            models.CheckConstraint(
                name="internet_network_number",
                condition=Q(network__range=(2, 4094)),
                violation_error_message=_("A network number is between 2 and 4094."),
            ),
            models.CheckConstraint(
                name="internet_bandwidth",
                condition=(Q(down=None) | Q(down__range=(1, 100_000)))
                & (Q(up=None) | Q(up__range=(1, 100_000))),
                violation_error_message=_("A bandwidth is between 1 and 100,000 Mbit/s."),
            ),
            models.CheckConstraint(
                name="internet_suspended_says_why",
                condition=Q(suspended_at=None, suspended_because="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_because="")),
                violation_error_message=_("Say why it is suspended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.site} · {self.network}"

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}


@pghistory.track()
class FixedAddress(models.Model):
    """An address that is a company's alone for as long as its service lasts; `period` is that of the service."""

    service = models.ForeignKey(InternetService, on_delete=models.CASCADE, related_name="addresses")
    address = models.GenericIPAddressField(_("fixed address"))
    period = DateRangeField()

    class Meta:
        verbose_name = _("fixed address")
        verbose_name_plural = _("fixed addresses")
        ordering = ("address",)
        constraints = [
            # The operator class of addresses is not PostgreSQL's default in a GiST index (8.9.1, 65.2.2).
            ExclusionConstraint(
                name="internet_own_address",
                expressions=[
                    (OpClass("address", name="inet_ops"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another company has this address in that time."),
            )
        ]

    def __str__(self) -> str:
        return str(self.address)
