"""Whoever wants what they book in their own calendar by mail."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person


class InvitedPerson(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="invited")
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person who is invited by mail")
        verbose_name_plural = _("people who are invited by mail")

    def __str__(self) -> str:
        return str(self.person)
