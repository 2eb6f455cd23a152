"""A door with a lock that can be told to open, who may pass it, and what happened at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.access.enums import Refusal
from fondouk.access.rules import HANDLERS
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource

from .token import Credential


class DoorQuerySet(models.QuerySet["Door"]):
    def visible_to(self, account: Any) -> DoorQuerySet:
        return reach(account, *HANDLERS).limit(self, "site")


@pghistory.track(exclude=["digest"])
class Door(models.Model):
    """`adapter` names what speaks to its lock (`access.locks`), `address` is what that one needs to find it. Its reader asks
    with a secret of its own, of which only a digest is kept.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="doors", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    resource = models.ForeignKey(
        Resource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="doors",
        verbose_name=_("space"),
        help_text=_("Whoever has booked it passes while the booking lasts."),
    )
    adapter = models.CharField(_("lock"), max_length=40, default="simulated")
    address = models.CharField(_("address of the lock"), max_length=200, blank=True)
    open_seconds = models.PositiveSmallIntegerField(_("open for (seconds)"), default=5)
    is_on = models.BooleanField(_("in service"), default=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        verbose_name = _("door")
        verbose_name_plural = _("doors")
        ordering = ("site", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"],
                name="door_name_once",
                violation_error_message=_("Another door of this site has this name."),
            ),
            models.CheckConstraint(
                name="door_open_for",
                condition=Q(open_seconds__range=(1, 120)),
                violation_error_message=_("A door is open for 1 to 120 seconds."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}


@pghistory.track()
class DoorRight(models.Model):
    """Badges of a company, or of all companies hosted on the site, pass; on some days, between two hours, or always.

    `weekdays` is a mask, Monday the lowest bit; the hours are readings of the clock at the site.
    """

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="rights")
    company = models.ForeignKey(
        Company,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="door_rights",
        verbose_name=_("company"),
    )
    period = DateRangeField(_("period"))
    weekdays = models.PositiveSmallIntegerField(_("days"), default=127)
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("right to a door")
        verbose_name_plural = _("rights to doors")
        ordering = ("door", "company", "pk")
        constraints = [
            models.CheckConstraint(
                name="door_right_days",
                condition=Q(weekdays__range=(1, 127)),
                violation_error_message=_("Choose at least one day."),
            ),
            models.CheckConstraint(
                name="door_right_hours",
                condition=Q(begins=None, ends=None) | Q(ends__gt=F("begins")),
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.door_id}: {self.company_id or '*'}"


class Passage(models.Model):
    """Somebody was let through, or not. Kept as long as the rule of retention says."""

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="passages")
    at = models.DateTimeField(default=timezone.now, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.SET_NULL, null=True, related_name="passages")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["door", "-at"], name="passage_at")]

    def __str__(self) -> str:
        return f"{self.door_id} {self.at:%Y-%m-%d %H:%M:%S} {self.refusal or 'open'}"
