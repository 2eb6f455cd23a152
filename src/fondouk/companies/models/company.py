"""A company, a project, a partner: any body the network deals with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Kind, Status
from fondouk.lib.db import folded_column, lasts_beyond, no_overlap, vector_column
from fondouk.people.models import Person
from fondouk.sites.rules import reach


def label_of(name: str, name_ar: str) -> str:
    """What a company is called in the reader's language."""
    return (name_ar if get_language() == "ar" else "") or name


class CompanyQuerySet(models.QuerySet["Company"]):
    def standing(self) -> CompanyQuerySet:
        """Those not merged into another."""
        return self.filter(merged_into=None)

    def hosted(self, on: date, site: int | None = None) -> CompanyQuerySet:
        return self.filter(Exists(_residencies(site).filter(period__contains=on)))

    def by_name(self, *, descending: bool = False) -> CompanyQuerySet:
        """In the order of the names that the reader sees: in Arabic those that have an Arabic name come first."""
        order: tuple[Any, ...] = ("name_folded", "pk")
        if (get_language() or "").startswith("ar"):
            order = (Case(When(name_ar="", then=1), default=0), "name_ar", *order)
        rows = self.order_by(*order)
        return rows.reverse() if descending else rows

    def with_status(self, status: str, on: date) -> CompanyQuerySet:
        """Those whose residencies tell this `Status` on that day."""
        hosted = Exists(_residencies().filter(period__contains=on))
        expected = Exists(_residencies().filter(period__fully_gt=(None, on)))
        past = Exists(_residencies().filter(period__fully_lt=(on, None)))
        if status == Status.HOSTED:
            return self.filter(hosted)
        if status == Status.EXPECTED:
            return self.filter(~hosted, expected)
        if status == Status.ALUMNI:
            return self.filter(~hosted, ~expected, past)
        return self.filter(~hosted, ~expected, ~past)

    def hold(self, company: Company) -> None:
        """Lock its row until the end of the transaction: two who write beside it at once follow each other, where their
        exclusion constraints would have each wait for the other.
        """
        self.select_for_update().get(pk=company.pk)

    def visible_to(self, account: Any) -> CompanyQuerySet:
        """Staff see the companies of their sites, as `site_ids` tells them, and those of none; members see their own."""
        rows = self.standing()
        if not account.is_authenticated:
            return rows.none()
        within = reach(account)
        if within.network:
            return rows
        own = Q(pk__in=account.person.memberships.current().values("company"))
        if not within:
            return rows.filter(own)
        lasting = _residencies().filter(lasts_beyond(timezone.localdate()))
        here = Exists(lasting.filter(site__in=within.sites))
        left = ~Exists(lasting) & Exists(_residencies().filter(site__in=within.sites))
        nowhere = ~Exists(_residencies())
        return rows.filter(own | Q(here) | Q(left) | Q(nowhere))


def _residencies(site: int | None = None) -> models.QuerySet[Any]:
    from .residency import Residency

    rows = Residency.objects.filter(company=OuterRef("pk"))
    return rows.filter(site=site) if site else rows


@pghistory.track(exclude=["name_folded", "vector"])
class Company(models.Model):
    """The name people use. What the law knows is in `LegalIdentity`; "hosted" is computed from `Residency`.

    `key` is `fondouk.lib.text.company_key(name)`: two standing companies never share it.
    """

    name = models.CharField(_("name"), max_length=200)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    key = models.CharField(max_length=200, editable=False)
    activity = models.CharField(_("activity"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_public = models.BooleanField(
        _("shown in the public directory"),
        default=False,
        help_text=_("Only with the company's agreement."),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    name_folded = folded_column("name")
    vector = vector_column(name="A", name_ar="A", activity="B")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ("name_folded", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(merged_into=None),
                name="company_name_once",
                violation_error_message=_("Another company has this name, legal form aside."),
            ),
            models.CheckConstraint(
                name="company_has_a_name",
                condition=~Q(name="") & ~Q(key=""),
                violation_error_message=_("Give the company a name."),
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="company_name_folded"),
            GinIndex(fields=["vector"], name="company_vector"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return label_of(self.name, self.name_ar)

    def site_ids(self) -> Iterable[int]:
        """The sites that answer for it: where it is or will be hosted; once it has left them all, where it was."""
        stays, today = self.residencies.all(), timezone.localdate()
        lasting = [stay for stay in stays if stay.period.upper is None or stay.period.upper > today]
        return {stay.site_id for stay in lasting or stays}

    def status_on(self, day: date) -> Status:
        periods = [residency.period for residency in self.residencies.all()]
        if any(day in period for period in periods):
            return Status.HOSTED
        if any(period.lower is not None and period.lower > day for period in periods):
            return Status.EXPECTED
        return Status.ALUMNI if periods else Status.OUTSIDE


@pghistory.track()
class CompanyKind(models.Model):
    """What the company is to the network, besides resident or alumni: several kinds, each for some time."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("kind of company")
        verbose_name_plural = _("kinds of companies")
        constraints = [
            models.UniqueConstraint(fields=["company", "kind", "period"], name="company_kind_once"),
            models.CheckConstraint(name="company_kind_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.get_kind_display()}"


@pghistory.track()
class Stewardship(models.Model):
    """Who on the staff follows the company ("suivie par")."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="stewardships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stewardships")
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("follow-up of a company")
        verbose_name_plural = _("follow-up of companies")
        constraints = [
            no_overlap(
                "company", name="one_steward", message=_("Somebody already follows this company then.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.person}"


@pghistory.track()
class CompanyGroup(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("group of companies")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class GroupMembership(models.Model):
    """A company belongs to one group at a time."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="group_memberships")
    group = models.ForeignKey(CompanyGroup, on_delete=models.PROTECT, related_name="memberships")
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        constraints = [
            no_overlap("company", name="one_group", message=_("The company already belongs to a group then."))
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.group}"
