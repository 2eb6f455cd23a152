"""How accountants know what billing knows: the account that each kind of amount is booked to, and months that are closed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import AccountRole
from fondouk.lib.db import part_of_day
from fondouk.people.models import Person
from fondouk.sites.models import Operator


@pghistory.track()
class Account(models.Model):
    """`code` is of the Moroccan chart (code général de la normalisation comptable), or of whatever the accountant uses."""

    role = models.CharField(_("for"), max_length=20, choices=AccountRole.choices, unique=True)
    code = models.CharField(_("account"), max_length=12)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("code", "role")
        constraints = [
            models.CheckConstraint(
                name="account_code_is_digits",
                condition=Q(code__regex=r"^[0-9]{3,12}$"),
                violation_error_message=_("An account is three digits or more."),
            ),
            models.CheckConstraint(name="account_role_known", condition=Q(role__in=AccountRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Closing(models.Model):
    """Nothing is dated in this month or an earlier one any more. It is for good: what was told to the State stays told."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="closings")
    month = models.DateField(_("month"))
    last_day = models.DateField(_("last day"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ("operator", "-month")
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "month"],
                name="month_closed_once",
                violation_error_message=_("This month is closed already."),
            ),
            models.CheckConstraint(
                name="closing_of_a_month",
                condition=Q(Exact(part_of_day("day", "month"), 1), last_day__gt=F("month")),
            ),
        ]
        triggers = [pgtrigger.Protect(name="closing_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.operator} {self.month:%Y-%m}"


def open_month(operator: str, day: str) -> str:
    """For a trigger: refuse a row that is dated in a closed month. Both are SQL expressions."""
    return f"""
    -- Whoever closes a month at this moment is waited for.
    PERFORM 1 FROM sites_operator WHERE id = {operator} FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM billing_closing WHERE operator_id = {operator} AND last_day >= {day}) THEN
        RAISE EXCEPTION 'the month is closed'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'month_is_closed';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - both are ours
