"""What was written to a prospect, so that it can be forgotten with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.mail.models import Message

from .prospect import Prospect


class Letter(models.Model):
    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="letters")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return str(self.message)
