"""Somebody who wants something of the park, and is not of the network yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.lib.db import folded_column
from fondouk.lib.links import key_in, link_token, opens
from fondouk.people.enums import Language
from fondouk.people.models import Person
from fondouk.prospects.enums import Origin, Outcome, Purpose
from fondouk.prospects.rules import HANDLERS
from fondouk.sites.models import Site
from fondouk.sites.rules import reach

LINK = "prospects.prospect"


class ProspectQuerySet(models.QuerySet["Prospect"]):
    def open(self) -> ProspectQuerySet:
        return self.filter(outcome="")

    def visible_to(self, account: Any) -> ProspectQuerySet:
        """Those of the sites where the account welcomes people, of no site in particular, or who visit one of these."""
        within = reach(account, *HANDLERS)
        if within.network:
            return self
        if not within:
            return self.none()
        tours: Any = apps.get_model("prospects", "Tour").objects
        touring = tours.filter(site__in=within.sites).values("prospect")
        return self.filter(Q(site__in=within.sites) | Q(site=None) | Q(pk__in=touring))

    def to_speak_to(self, today: date) -> ProspectQuerySet:
        """Open, and somebody said to come back to them by now."""
        return self.open().filter(next_on__lte=today)

    def of_token(self, token: str) -> Prospect | None:
        """The one that a link names; None for a link that we did not make."""
        found = self.select_related("site").filter(pk=key_in(token)).first()
        return found if found is not None and opens(token, LINK, found.pk, found.asked_at) else None


class Prospect(models.Model):
    """Who asked, for what, who deals with it, what came of it. Kept as long as the register of processings says."""

    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("company or organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("site"),
        related_name="prospects",
    )
    message = models.TextField(_("message"), blank=True, max_length=3000)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.FORM)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_key = models.UUIDField(null=True, unique=True, editable=False)
    """Of the form that was sent: sent twice, it counts once."""
    steward = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("followed by"),
    )
    next_on = models.DateField(_("to be contacted again on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    company = models.ForeignKey(
        Company,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("company"),
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    name_folded = folded_column("name")
    organisation_folded = folded_column("organisation")

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prospect")
        verbose_name_plural = _("prospects")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="prospect_can_be_answered",
                condition=~Q(email="") | ~Q(phone=""),
                violation_error_message=_("Give an e-mail address or a telephone number."),
            ),
            models.CheckConstraint(
                name="prospect_closed_as_a_whole",
                condition=Q(outcome="", closed_at=None) | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="prospect_outcome_known", condition=Q(outcome__in=["", *Outcome.values])
            ),
            models.CheckConstraint(name="prospect_purpose_known", condition=Q(purpose__in=Purpose.values)),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="prospect_asked_at"),
            models.Index(fields=["next_on"], name="prospect_next", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def token(self) -> str:
        """What the visitor's own link holds: see `lib.links`."""
        return link_token(LINK, self.pk, self.asked_at)

    def site_ids(self) -> list[int]:
        """Its own, and those that they visit; none in particular: the whole network's."""
        if not self.site_id:
            return []
        return [self.site_id, *self.tours.values_list("site", flat=True)]
