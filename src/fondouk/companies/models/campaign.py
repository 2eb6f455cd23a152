"""A campaign asks the companies hosted in a year for that year's figures, each by a link of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Indicator
from fondouk.lib.links import key_in, link_token, opens
from fondouk.people.models import Person

from .company import Company
from .figure import Figure
from .membership import Membership

LINK = "companies.figures_request"


def _day(year: str, month: int, day: int) -> Func:
    """That day of the year in the field `year`."""
    return Func(F(year), Value(month), Value(day), function="make_date", output_field=models.DateField())


class FigureCampaign(models.Model):
    """One is open for a year at a time. Closed, its links open nothing."""

    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("to be answered by"))
    note = models.TextField(_("a word to the companies"), blank=True, max_length=1000)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("figures campaign")
        verbose_name_plural = _("figures campaigns")
        ordering = ("-year", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(closed_at=None),
                name="campaign_open_once_a_year",
                violation_error_message=_("A campaign for this year is open already."),
            ),
            models.CheckConstraint(
                name="campaign_due_after_its_year",
                condition=Q(due_on__gt=_day("year", 12, 31)),
                violation_error_message=_("Figures of a year are asked for once it is over."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class FigureRequestQuerySet(models.QuerySet["FigureRequest"]):
    def told(self) -> FigureRequestQuerySet:
        """Each with `has_figures`: whether a headcount stands for the year, whoever said it, by whatever way."""
        return self.annotate(has_figures=self._said())

    @staticmethod
    def _said() -> Exists:
        return Exists(
            Figure.objects.filter(
                company=OuterRef("company"),
                indicator=Indicator.HEADCOUNT,
                period__startswith=Func(
                    OuterRef("campaign__year"),
                    Value(1),
                    Value(1),
                    function="make_date",
                    output_field=models.DateField(),
                ),
            )
        )

    def unanswered(self) -> FigureRequestQuerySet:
        return self.filter(~self._said(), answered_at=None)

    def of_token(self, token: str) -> FigureRequest | None:
        """The request that a link names; None for a link that we did not make."""
        rows = self.select_related("campaign", "company__merged_into", "person")
        found = rows.filter(pk=key_in(token)).first()
        return found if found is not None and opens(token, *found.signed) else None


class FigureRequest(models.Model):
    """What one company was asked. `address` is where the letter went; none where nobody knows one."""

    campaign = models.ForeignKey(FigureCampaign, on_delete=models.CASCADE, related_name="requests")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="figure_requests")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(max_length=254, blank=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = FigureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for figures")
        verbose_name_plural = _("requests for figures")
        ordering = ("company__name_folded", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "company"],
                name="company_asked_once",
                violation_error_message=_("This company is asked already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.campaign}"

    @property
    def token(self) -> str:
        """What the link holds: see `lib.links`. It is worth something while the campaign is open."""
        return link_token(*self.signed)

    @property
    def signed(self) -> tuple[str, int, datetime]:
        """With the address that it was sent to: once somebody else is written to, the link of before opens nothing."""
        return f"{LINK}:{self.address}", self.pk, self.campaign.opened_at

    def is_of_somebody_who_left(self) -> bool:
        """The person it was sent to is no longer of the company: the link is no longer theirs."""
        if self.person_id is None:
            return False
        company = self.standing_company()
        return not Membership.objects.current().filter(company=company, person=self.person_id).exists()

    def standing_company(self) -> Company:
        """The company asked, or the one that it was merged into since."""
        company = self.company
        while company.merged_into is not None:
            company = company.merged_into
        return company

    @property
    def state(self) -> str:
        """For a request of `.told()`: answered, said (another way), opened, sent, waiting, unreachable."""
        found: Any = self
        if self.answered_at:
            return "answered"
        if found.has_figures:
            return "said"
        if self.opened_at:
            return "opened"
        if self.sent_at:
            return "sent"
        return "waiting" if self.address else "unreachable"
