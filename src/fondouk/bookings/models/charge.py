"""What of a booking has been charged: the link to billing stands here, since billing knows no booking."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.billing.models import Charge

from .booking import Occurrence


class OccurrenceCharge(models.Model):
    """A time is charged once: the database refuses a second. What was credited to be billed anew is released."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="charges")
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="occurrence")
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("charge of a booking")
        verbose_name_plural = _("charges of bookings")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence"],
                condition=Q(released_at=None),
                name="occurrence_charged_once",
                violation_error_message=_("This time is charged already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence} · {self.charge}"
