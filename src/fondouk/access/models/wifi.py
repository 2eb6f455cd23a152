"""Wi-Fi for the people of companies, through RADIUS servers that ask here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.access.rules import HANDLERS
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


class RadiusServerQuerySet(models.QuerySet["RadiusServer"]):
    def live(self) -> RadiusServerQuerySet:
        return self.filter(revoked_at=None)

    def visible_to(self, account: Any) -> RadiusServerQuerySet:
        return reach(account, *HANDLERS).limit(self, "site")


class RadiusServer(models.Model):
    """A server of the Wi-Fi of a site that may ask who is let in. Only a digest of its secret is kept."""

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="radius_servers", verbose_name=_("site")
    )
    label = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = RadiusServerQuerySet.as_manager()

    class Meta:
        verbose_name = _("RADIUS server")
        verbose_name_plural = _("RADIUS servers")
        ordering = ("site", "label", "pk")

    def __str__(self) -> str:
        return self.label

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent("revoked"), exclude=["digest"])
class WifiAccount(models.Model):
    """One for each person of each company. Its password is made here, long and at random, so that a digest may stand for it
    (NIST SP 800-63B, 5.1.2.2, on look-up secrets); a new one replaces it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wifi_accounts")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="wifi_accounts")
    username = models.CharField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Wi-Fi account")
        verbose_name_plural = _("Wi-Fi accounts")
        ordering = ("username",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "company"],
                name="wifi_one_account",
                violation_error_message=_("This person has a Wi-Fi account with this company."),
            )
        ]

    def __str__(self) -> str:
        return self.username


class WifiSession(models.Model):
    """A connection: what the RADIUS server counted so far, so that the next count adds only what is new. Gone a day after
    its last word; which machine it was is not kept.
    """

    server = models.ForeignKey(RadiusServer, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=64, help_text="a digest of what the server calls the session")
    account = models.ForeignKey(WifiAccount, on_delete=models.CASCADE, related_name="sessions")
    received = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Wi-Fi session")
        verbose_name_plural = _("Wi-Fi sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["server", "key"],
                name="wifi_session_once",
                violation_error_message=_("This session is known."),
            )
        ]

    def __str__(self) -> str:
        return self.key[:12]


class WifiTotal(models.Model):
    """What a company's people have moved on a day on a site, all together, in octets."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="wifi_totals")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="wifi_totals")
    day = models.DateField()
    received = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)
    sessions = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Wi-Fi total")
        verbose_name_plural = _("Wi-Fi totals")
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(
                fields=["company", "site", "day"],
                name="wifi_total_once",
                violation_error_message=_("There is one total for a day."),
            ),
            models.CheckConstraint(
                name="wifi_total_grows",
                condition=Q(received__gte=0, sent__gte=0),
                violation_error_message=_("A total is never below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.day}"
