"""Figures that companies declare. A correction never overwrites: it supersedes."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import FigureSource, Indicator
from fondouk.people.models import Person

from .company import Company

# The lock: of two transactions that know nothing of each other, the second waits for the first, then sees its rows.
WITHIN_WHOLE = """
    PERFORM 1 FROM companies_company WHERE id = NEW.company_id FOR NO KEY UPDATE;
    PERFORM 1
      FROM companies_figure part
      JOIN companies_figure whole ON whole.company_id = part.company_id AND whole.period = part.period
     WHERE part.company_id = NEW.company_id AND part.period = NEW.period
       AND (part.indicator, whole.indicator) IN
           (('women', 'headcount'), ('under_35', 'headcount'), ('exports', 'turnover'))
       AND part.value > whole.value
       AND NOT EXISTS (SELECT 1 FROM companies_figure newer WHERE newer.supersedes_id = part.id)
       AND NOT EXISTS (SELECT 1 FROM companies_figure newer WHERE newer.supersedes_id = whole.id);
    IF FOUND THEN
        RAISE EXCEPTION 'a part of a figure exceeds its whole'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_part_within_whole';
    END IF;
    RETURN NULL;
"""
SAME_SUBJECT = """
    IF NEW.supersedes_id IS NOT NULL THEN
        PERFORM 1 FROM companies_figure before
          WHERE before.id = NEW.supersedes_id AND before.company_id = NEW.company_id
            AND before.indicator = NEW.indicator AND before.period = NEW.period;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a figure supersedes one of another company, indicator or period'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_same_subject';
        END IF;
    END IF;
    RETURN NEW;
"""


class FigureQuerySet(models.QuerySet["Figure"]):
    def standing(self) -> FigureQuerySet:
        """Those that no correction has superseded."""
        return self.filter(superseded_by=None)


class Figure(models.Model):
    """A value of an indicator for a period. At most one stands: the first is unique, each is superseded once."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(_("indicator"), max_length=20, choices=Indicator.choices)
    period = DateRangeField(_("period"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(max_length=10, default="MAD", help_text="an ISO 4217 currency, or 'people'")
    source = models.CharField(max_length=10, choices=FigureSource.choices)
    source_note = models.CharField(max_length=200, blank=True)
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now, editable=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ("company", "period", "indicator", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "indicator", "period"],
                condition=Q(supersedes=None),
                name="figure_first_once",
                violation_error_message=_("This figure exists already: correct it."),
            ),
            models.CheckConstraint(
                name="figure_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("A figure is zero or more."),
            ),
            models.CheckConstraint(
                name="figure_supersedes_another", condition=Q(supersedes=None) | ~Q(supersedes=F("id"))
            ),
            models.CheckConstraint(
                name="figure_indicator_known", condition=Q(indicator__in=Indicator.values)
            ),
        ]
        indexes = [
            models.Index(fields=["company", "period"], name="figure_company_period"),
            # Who has said a measure for a year, on every page that counts what waits: without it all figures are read.
            models.Index(
                F("indicator"), F("period__startswith"), F("company"), name="figure_said_for_a_year"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "value", "indicator", "period", "unit", "supersedes", "declared_at"
                ),
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="same_subject",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SAME_SUBJECT,
            ),
            pgtrigger.Trigger(
                name="within_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("company_id"),
                timing=pgtrigger.Deferred,
                func=WITHIN_WHOLE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.indicator} · {self.value}"
