"""That somebody has come."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person

from .booking import Occurrence


class CheckIn(models.Model):
    """Once for each time of a booking, by whoever was there first."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="check_in")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")

    def __str__(self) -> str:
        return f"{self.occurrence} · {self.at:%Y-%m-%d %H:%M}"
