"""The last number given in a series of one operator and year.

Numbers are given in the transaction that issues, from this row, under its lock. At each commit the database looks whether
every number up to `last` stands on a paper, and whether each of them carries on the chain of hashes: a gap, a duplicate or
a broken chain cannot be committed, whatever dies and whoever writes.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Paper
from fondouk.sites.models import Operator

BEGINS_AT_NOTHING = """
    IF NEW.last <> 0 OR NEW.last_hash <> NEW.seed THEN
        RAISE EXCEPTION 'a series begins at nothing'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'series_begins_at_nothing';
    END IF;
    IF NEW.seed <> COALESCE((
        SELECT last_hash FROM billing_counter
         WHERE operator_id = NEW.operator_id AND paper = NEW.paper AND year < NEW.year
         ORDER BY year DESC LIMIT 1), '') THEN
        RAISE EXCEPTION 'a year carries on the chain of the one before'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'series_carries_on';
    END IF;
    RETURN NEW;
"""

GOES_FORWARD = """
    IF (NEW.operator_id, NEW.paper, NEW.year, NEW.seed) IS DISTINCT FROM
       (OLD.operator_id, OLD.paper, OLD.year, OLD.seed)
       OR NEW.last < OLD.last OR NEW.last_on < OLD.last_on THEN
        RAISE EXCEPTION 'a series only goes forward'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'series_goes_forward';
    END IF;
    IF EXISTS (SELECT 1 FROM billing_counter WHERE operator_id = NEW.operator_id
                AND paper = NEW.paper AND year > NEW.year) THEN
        RAISE EXCEPTION 'a later year has begun'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'series_of_a_later_year';
    END IF;
    RETURN NEW;
"""

WITHOUT_GAP = """
    IF NEW.last > OLD.last AND (
        SELECT count(*) FROM billing_invoice one
          LEFT JOIN billing_invoice before ON before.operator_id = one.operator_id
               AND before.paper = one.paper AND before.year = one.year AND before.number = one.number - 1
         WHERE one.operator_id = NEW.operator_id AND one.paper = NEW.paper AND one.year = NEW.year
           AND one.number > OLD.last AND one.number <= NEW.last
           AND one.previous_hash = CASE WHEN one.number = 1 THEN NEW.seed ELSE before.hash END
        ) <> NEW.last - OLD.last THEN
        RAISE EXCEPTION 'a number is missing, or its chain is broken'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'series_without_gap';
    END IF;
    RETURN NULL;
"""


class Counter(models.Model):
    """`seed` is the hash with which the year before ended, "" for the first of all; `last_hash` that of number `last`."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=12, choices=Paper.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)
    last_on = models.DateField(_("of the"))
    last_hash = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        ordering = ("operator", "paper", "year")
        constraints = [
            models.UniqueConstraint(fields=["operator", "paper", "year"], name="one_series"),
            models.CheckConstraint(name="series_paper_known", condition=Q(paper__in=Paper.values)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="series_begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_AT_NOTHING,
            ),
            pgtrigger.Trigger(
                name="series_forward", when=pgtrigger.Before, operation=pgtrigger.Update, func=GOES_FORWARD
            ),
            pgtrigger.Trigger(
                name="series_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=WITHOUT_GAP,
            ),
            pgtrigger.Protect(name="series_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.operator} {self.paper} {self.year}: {self.last}"
