"""Credits set aside for something that is to take place. Whoever it is for keeps the link on their own side."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company


class Hold(models.Model):
    """What it takes from which lots stands in the entries: some of it held, and then given back or used."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="credit_holds")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("credits set aside")
        verbose_name_plural = _("credits set aside")

    def __str__(self) -> str:
        return f"#{self.pk}"
