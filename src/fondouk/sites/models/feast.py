"""Public holidays. Those that follow the moon stay provisional until they are announced, and may be moved."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.lib.calendars import feasts
from fondouk.lib.formats import format_date
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
        language = (get_language() or "fr")[:2]
        names = {feast.code: feast.name for feast in feasts(self.year, language)}
        return f"{names.get(self.code, self.code)} · {format_date(self.on, language)}"
