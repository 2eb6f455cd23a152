"""The ledger: nothing in it changes or goes; what remains of a lot is the sum of its entries."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.credits.enums import OF_A_HOLD, EntryKind
from fondouk.people.models import Person

from .hold import Hold
from .lot import Lot

# The update locks the lot: of two that want its last credits, the second sees what the first has left.
COUNTED = """
    UPDATE credits_lot SET remaining = remaining + CASE NEW.kind
        WHEN 'granted' THEN NEW.quantity WHEN 'adjusted' THEN NEW.quantity
        WHEN 'released' THEN NEW.quantity WHEN 'held' THEN -NEW.quantity ELSE 0 END
      WHERE id = NEW.lot_id;
    IF NEW.hold_id IS NOT NULL AND (
        SELECT sum(CASE kind WHEN 'held' THEN quantity ELSE -quantity END)
          FROM credits_entry WHERE hold_id = NEW.hold_id AND lot_id = NEW.lot_id) < 0 THEN
        RAISE EXCEPTION 'more is given back or used than was set aside'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_never_below_zero';
    END IF;
    RETURN NULL;
"""


class Entry(models.Model):
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="entries")
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    quantity = models.DecimalField(
        max_digits=12, decimal_places=2, help_text=_("Above zero; an adjustment may be below.")
    )
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("entry of credits")
        verbose_name_plural = _("entries of credits")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="credit_entry_quantity",
                condition=Q(quantity__gt=0) | (Q(kind=EntryKind.ADJUSTED) & ~Q(quantity=0)),
                violation_error_message=_("This is no number of credits."),
            ),
            models.CheckConstraint(name="credit_entry_kind_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="credit_entry_of_a_hold",
                condition=Q(kind__in=sorted(OF_A_HOLD), hold__isnull=False)
                | Q(kind__in=[EntryKind.GRANTED, EntryKind.ADJUSTED], hold=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="entry_counted", when=pgtrigger.After, operation=pgtrigger.Insert, func=COUNTED
            ),
            pgtrigger.Protect(name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity}"
