"""A lot of credits: granted to a company together, good for some days, some kinds of spaces, one site or all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind

NOT_BY_HAND = """
    IF pg_trigger_depth() = 1 AND OLD.remaining IS DISTINCT FROM NEW.remaining THEN
        RAISE EXCEPTION 'what remains of a lot follows from its entries'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_follows_its_entries';
    END IF;
    RETURN NEW;
"""


class LotQuerySet(models.QuerySet["Lot"]):
    def good_for(self, company: int, kind: str, site: int, day: date) -> LotQuerySet:
        """Those with something left that a space of this kind, on this site and that day, may be paid with. The first to
        expire first; those that never do, last.
        """
        rows = self.filter(company=company, remaining__gt=0, period__contains=day)
        rows = rows.filter(Q(site=None) | Q(site=site)).filter(Q(kinds=[]) | Q(kinds__contains=[kind]))
        return rows.order_by(F("period__endswith").asc(nulls_last=True), "pk")

    def in_force(self, day: date) -> LotQuerySet:
        return self.filter(Q(period__endswith=None) | Q(period__endswith__gt=day))


class Lot(models.Model):
    """One credit is worth one dirham of a price before tax. `remaining` is kept by the database from the entries, and is
    never below zero, whoever uses it at once.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="credit_lots")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=SpaceKind.choices),
        verbose_name=_("kinds of spaces"),
        default=list,
        blank=True,
    )
    period = DateRangeField(_("good"))
    reason = models.CharField(_("what for"), max_length=200)
    remaining = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0), editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot of credits")
        verbose_name_plural = _("lots of credits")
        ordering = ("company", "pk")
        constraints = [
            models.CheckConstraint(
                name="credits_never_below_zero",
                condition=Q(remaining__gte=0),
                violation_error_message=_("There are not as many credits left."),
            ),
            models.CheckConstraint(
                name="credits_good_for_a_day",
                condition=Q(period__isempty=False),
                violation_error_message=_("They expire before they begin."),
            ),
            models.CheckConstraint(
                name="credits_kinds_known", condition=Q(kinds__contained_by=SpaceKind.values)
            ),
        ]
        indexes = [
            models.Index(fields=["company"], condition=Q(remaining__gt=0), name="credits_left"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lot_not_by_hand", when=pgtrigger.Before, operation=pgtrigger.Update, func=NOT_BY_HAND
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def whole(self) -> int:
        """What is left, for the words around it, which count in whole ones."""
        return int(self.remaining)

    @property
    def last_day(self) -> date | None:
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def is_good_for(self, kind: str, site: int, day: date) -> bool:
        """For a space of this kind, on this site, that day."""
        return day in self.period and self.site_id in (None, site) and (not self.kinds or kind in self.kinds)

    @property
    def kind_labels(self) -> list[str]:
        return [str(SpaceKind(kind).label) for kind in self.kinds]

    def site_ids(self) -> Iterable[int]:
        return [self.site_id] if self.site_id else []
