"""What was said with a prospect."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person

from .prospect import Prospect


class FollowUp(models.Model):
    """A call, a letter, a meeting, told by whoever had it."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="follow_ups")
    text = models.TextField(_("what was said"), max_length=3000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="follow_up_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write what was said."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
