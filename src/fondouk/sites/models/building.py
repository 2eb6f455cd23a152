"""Buildings and their floors."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from .site import Site


@pghistory.track()
class Building(models.Model):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="buildings")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ("site", "code")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code"],
                name="building_code_once",
                violation_error_message=_("The site already has a building with this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.code


@pghistory.track()
class Floor(models.Model):
    """A storey. Level 0 is the ground floor ("RDC"), -1 the first basement."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="floors")
    level = models.SmallIntegerField(_("level"))

    class Meta:
        verbose_name = _("floor")
        verbose_name_plural = _("floors")
        ordering = ("building", "level")
        constraints = [
            models.UniqueConstraint(
                fields=["building", "level"],
                name="floor_once",
                violation_error_message=_("The building already has this floor."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.building} · {self.level}"

    @property
    def label(self) -> str:
        if self.level == 0:
            return str(_("Ground floor"))
        if self.level < 0:
            return str(_("Basement %(level)d") % {"level": -self.level})
        return str(_("Floor %(level)d") % {"level": self.level})
