"""What the database held before the demonstration came, to be put back when it goes; and that it went."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeptTable(models.Model):
    """The rows that migrations had brought into a table. There are some while the demonstration is loaded, else none."""

    name = models.CharField(max_length=63, unique=True)
    rows = models.JSONField()

    class Meta:
        verbose_name = _("table kept aside")

    def __str__(self) -> str:
        return self.name


class Clearing(models.Model):
    """Somebody cleared it away: the next start does not bring it back by itself."""

    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("clearing of the demonstration")
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
