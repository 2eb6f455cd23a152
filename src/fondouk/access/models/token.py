"""A badge or a key in somebody's hands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.access.enums import HELD, Kind, State
from fondouk.access.rules import HANDLERS
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


class CredentialQuerySet(models.QuerySet["Credential"]):
    def held(self) -> CredentialQuerySet:
        """In somebody's hands, suspended ones too."""
        return self.filter(state__in=HELD)

    def visible_to(self, account: Any) -> CredentialQuerySet:
        return reach(account, *HANDLERS).limit(self, "site")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Credential(models.Model):
    """`number` is what stands on it, and what a reader reads: that of one thing at a time on a site."""

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices, default=Kind.BADGE)
    number = models.CharField(_("number"), max_length=60)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("site")
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credentials",
        verbose_name=_("company"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credentials",
        verbose_name=_("person"),
    )
    opens = models.CharField(
        _("what it opens"), max_length=160, blank=True, help_text=_("For a key: which door.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ISSUED)
    because = models.CharField(_("why"), max_length=300, blank=True)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge or key")
        verbose_name_plural = _("badges and keys")
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "number"],
                condition=Q(state__in=HELD),
                name="credential_in_one_hand",
                violation_error_message=_("This number is in somebody's hands already."),
            ),
            models.CheckConstraint(
                name="credential_state_known",
                condition=Q(state__in=State.values, kind__in=Kind.values),
            ),
            models.CheckConstraint(
                name="credential_of_somebody",
                condition=Q(company__isnull=False) | Q(person__isnull=False),
                violation_error_message=_("Say to whom it is issued."),
            ),
            models.CheckConstraint(
                name="credential_ended_when_over",
                condition=Q(state__in=HELD, ended_at=None) | (~Q(state__in=HELD) & Q(ended_at__isnull=False)),
                violation_error_message=_("What is over says since when."),
            ),
            models.CheckConstraint(
                name="credential_has_a_number",
                condition=~Q(number=""),
                violation_error_message=_("Write its number."),
            ),
        ]
        indexes = [models.Index(fields=["company", "state"], name="credential_of_company")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}
