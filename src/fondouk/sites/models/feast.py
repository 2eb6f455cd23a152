"""Public holidays. Those that follow the moon stay provisional until they are announced, and may be moved."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.sites.enums import FeastState


@pghistory.track()
class Feast(models.Model):
    """One holiday of one year. `code` is that of `fondouk.lib.calendars`; `expected_on` what the calendar foresaw."""

    code = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    on = models.DateField(_("date"))
    expected_on = models.DateField()
    state = models.CharField(_("state"), max_length=12, choices=FeastState.choices)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ("on", "code")
        constraints = [models.UniqueConstraint(fields=["code", "expected_on"], name="feast_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"
