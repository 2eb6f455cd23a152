"""A message about a visit: to the visitor, or to their host."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.mail.models import Message

from .visit import Visit


class Letter(models.Model):
    """So that what was written about somebody is forgotten with them."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="letters")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return str(self.message)
