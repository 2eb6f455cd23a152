"""What the park has written in one of the places of its public site."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.editorial.slots import SLOTS
from fondouk.people.models import Person


@pghistory.track()
class Text(models.Model):
    """At most one for a slot. A language left empty shows the first that is written; all empty, what the slot says."""

    key = models.SlugField(max_length=40, unique=True)
    body_fr = models.TextField(_("in French"), blank=True)
    body_ar = models.TextField(_("in Arabic"), blank=True)
    body_en = models.TextField(_("in English"), blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("text of the public site")
        verbose_name_plural = _("texts of the public site")
        ordering = ("key",)
        constraints = [models.CheckConstraint(name="text_has_a_key", condition=~Q(key=""))]

    def __str__(self) -> str:
        return str(SLOTS[self.key].label) if self.key in SLOTS else self.key
