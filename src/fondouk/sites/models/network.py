"""The network itself: its name and what the public reads first."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Network(models.Model):
    """One row, held so by constraint."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name of the network"), max_length=120, default="Fondouk")
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    tagline_fr = models.CharField(_("tagline in French"), max_length=200, blank=True)
    tagline_ar = models.CharField(_("tagline in Arabic"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)

    is_demonstration = models.BooleanField(default=False, editable=False)
    """Everything in the database is invented; every page and document says so. Only the demonstration sets it."""

    class Meta:
        verbose_name = _("network")
        constraints = [models.CheckConstraint(name="network_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return (self.name_ar if get_language() == "ar" else "") or self.name

    @property
    def tagline(self) -> str:
        return str(getattr(self, f"tagline_{get_language() or 'fr'}", "") or self.tagline_fr)

    @classmethod
    def current(cls) -> Network:
        return cls.objects.filter(pk=1).first() or cls()
