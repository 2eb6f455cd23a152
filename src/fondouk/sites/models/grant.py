"""A grant: a role given to a person, on one site or on the whole network, for some time."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.enums import ROLE_DESCRIPTIONS, Role

from .site import Site


class GrantQuerySet(models.QuerySet["Grant"]):
    def on(self, day: date) -> GrantQuerySet:
        return self.filter(period__contains=day)


@pghistory.track()
class Grant(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("site"),
        help_text=_("None: the whole network."),
    )
    period = DateRangeField(_("period"))
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("person", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "site"],
                condition=Q(period__upper_inf=True),
                name="grant_once",
                nulls_distinct=False,
                violation_error_message=_("This person has this role there already."),
            ),
            models.CheckConstraint(name="grant_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.site or '*'}"

    @property
    def last_day(self) -> date | None:
        """As people say it: the day after is the first without the role."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    @property
    def description(self) -> str:
        return str(ROLE_DESCRIPTIONS[Role(self.role)])
