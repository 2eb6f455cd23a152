"""A visit: somebody from outside, expected by a host or received at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.lib.db import folded_column
from fondouk.lib.formats import format_list
from fondouk.lib.links import key_in, link_token, opens
from fondouk.lib.zones import at_or_after
from fondouk.people.models import Person
from fondouk.reception.enums import State
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource

LINK = "reception.visit"


class VisitQuerySet(models.QuerySet["Visit"]):
    def on(self, day: date) -> VisitQuerySet:
        return self.filter(day=day)

    def standing(self) -> VisitQuerySet:
        return self.filter(cancelled_at=None)

    def here(self) -> VisitQuerySet:
        return self.filter(arrived_at__isnull=False, left_at=None)

    def visible_to(self, account: Any) -> VisitQuerySet:
        """Staff see those of their sites; residents those of their companies, and whom they expect themselves."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account)
        if within.network:
            return self
        own = Q(host=account.person_id) | Q(
            company__in=account.person.memberships.current().values("company")
        )
        return self.filter(own | Q(site__in=within.sites))

    def opened_by(self, token: str) -> Visit | None:
        """The visit whose invitation holds this token, None for any other word."""
        key = key_in(token)
        found = self.filter(pk=key).first() if key is not None else None
        return found if found and opens(token, LINK, found.pk, found.made_at) else None


class Visit(models.Model):
    """`day` and `clock` are read at the site. Nobody is asked for the number of a paper, and no history of rows is kept:
    what is known of a visitor goes as a whole once its time is over.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visits", verbose_name=_("site"))
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("company"),
    )
    host = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="visits", verbose_name=_("expected by")
    )
    resource = models.ForeignKey(
        Resource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("meeting place"),
    )
    day = models.DateField(_("day"))
    clock = models.TimeField(_("hour"))
    name = models.CharField(_("name of the visitor"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fr")
    note = models.CharField(_("word to the reception"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    has_declined = models.BooleanField(default=False)
    """It was the visitor who said so."""
    sequence = models.PositiveIntegerField(default=0)
    """How often it was changed: what its iCalendar event calls SEQUENCE (RFC 5545, 3.8.7.4)."""

    name_folded = folded_column("name")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("day", "clock", "name_folded", "pk")
        constraints = [
            models.CheckConstraint(
                name="visit_of_somebody",
                condition=~Q(name=""),
                violation_error_message=_("Write the name of the visitor."),
            ),
            models.CheckConstraint(
                name="visit_left_after_arriving",
                condition=Q(left_at=None) | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
                violation_error_message=_("Somebody leaves after having arrived."),
            ),
            models.CheckConstraint(
                name="visit_cancelled_or_made",
                condition=Q(cancelled_at=None) | Q(arrived_at=None),
                violation_error_message=_("A visitor who is here was not cancelled."),
            ),
            models.CheckConstraint(
                name="visit_declined_is_cancelled",
                condition=Q(has_declined=False) | Q(cancelled_at__isnull=False),
                violation_error_message=_("Who has declined does not come."),
            ),
            models.CheckConstraint(
                name="visit_language_known",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                violation_error_message=_("Choose one of the languages."),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "day"], name="visit_of_day"),
            models.Index(fields=["company", "day"], name="visit_of_company"),
            models.Index(fields=["host", "day"], name="visit_of_host"),
            models.Index(
                fields=["site"], condition=Q(arrived_at__isnull=False, left_at=None), name="visit_here"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        """What stands in the address of its invitation."""
        return link_token(LINK, self.pk, self.made_at)

    @property
    def whom(self) -> str:
        """Whom one visits: the company, or the park."""
        return self.company.label if self.company else self.site.full_name

    @property
    def place(self) -> str:
        """Where one comes to, on one line."""
        room = self.resource.code if self.resource else ""
        words = filter(None, [room, self.site.full_name, *self.site.address.splitlines()])
        return format_list(words, (get_language() or "fr")[:2])

    @property
    def starts(self) -> datetime:
        """The reading of the clock at the site."""
        return datetime.combine(self.day, self.clock)

    @property
    def starts_at(self) -> datetime:
        return at_or_after(self.starts, self.site.zone).astimezone(UTC)

    @property
    def state(self) -> State:
        if self.cancelled_at:
            return State.CANCELLED
        if self.left_at:
            return State.LEFT
        if self.arrived_at:
            return State.HERE
        return State.MISSED if self.day < self.today else State.EXPECTED

    @property
    def today(self) -> date:
        """The day at the site."""
        return timezone.now().astimezone(ZoneInfo(self.site.zone)).date()

    @property
    def is_ahead(self) -> bool:
        return self.state == State.EXPECTED

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}
