"""What the database held before the demonstration came, to be put back when it goes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptTable(models.Model):
    """The rows that migrations had brought into a table. There are some while the demonstration is loaded, else none."""

    name = models.CharField(max_length=63, unique=True)
    rows = models.JSONField()

    class Meta:
        verbose_name = _("table kept aside")

    def __str__(self) -> str:
        return self.name
