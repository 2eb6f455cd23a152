"""Who has said that they are in today. Of yesterday nothing is kept: neither the row, nor its history, nor an audit."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.models import Site


class Presence(models.Model):
    """`day` is that of the site's clock."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="presences")
    day = models.DateField()
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ("said_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="presence_once_a_day",
                violation_error_message=_("You have said already where you are today."),
            )
        ]
        indexes = [models.Index(fields=["site", "day"], name="presence_of_site")]

    def __str__(self) -> str:
        return f"{self.person} · {self.site}"
