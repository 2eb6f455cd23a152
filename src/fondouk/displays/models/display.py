"""A tablet at a door: what its secret address may show and do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource


class DisplayQuerySet(models.QuerySet["Display"]):
    def live(self) -> DisplayQuerySet:
        return self.filter(revoked_at=None)

    def visible_to(self, account: Any) -> DisplayQuerySet:
        return reach(account).limit(self, "resource__site")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent("revoked_at"), exclude=["last_seen_at"])
class Display(models.Model):
    """Only a digest of its secret is kept. `keeper` has hung it up: what is booked at the door stands in their name."""

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="displays", verbose_name=_("space")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fr")
    may_book = models.BooleanField(
        _("book at the door"),
        default=True,
        help_text=_("Whoever stands there takes the free room at once, without a name; nobody is charged."),
    )
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="displays")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("door display")
        verbose_name_plural = _("door displays")
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(
                name="display_language_known",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
            )
        ]

    def __str__(self) -> str:
        return str(self.resource)

    def site_ids(self) -> Iterable[int]:
        return {self.resource.site_id}
