"""Who works for a company, as what, and for how long."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MemberRole
from fondouk.lib.db import no_overlap
from fondouk.people.models import Person

from .company import Company


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        return self.filter(period__contains=day)

    def current(self) -> MembershipQuerySet:
        return self.on(timezone.localdate())


@pghistory.track()
class Membership(models.Model):
    """An owner may invite the others; both see the company's own pages."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    title = models.CharField(_("function"), max_length=120, blank=True)
    period = DateRangeField(_("period"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("role", "pk")
        constraints = [
            no_overlap(
                "person", "company", name="one_membership", message=_("This person is in the team already.")
            ),
            models.CheckConstraint(name="member_role_known", condition=Q(role__in=MemberRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.company}"
