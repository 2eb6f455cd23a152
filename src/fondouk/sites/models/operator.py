"""The legal entities that run the network."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import no_overlap

from .site import Site


@pghistory.track()
class Operator(models.Model):
    """A legal entity that runs sites and issues invoices in a series of its own."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    ice = models.CharField(_("ICE"), max_length=15, blank=True)
    rc = models.CharField(_("RC"), max_length=20, blank=True)
    if_number = models.CharField(_("IF"), max_length=20, blank=True)
    cnss = models.CharField(_("CNSS"), max_length=20, blank=True)
    tp = models.CharField(_("TP"), max_length=20, blank=True)
    address = models.TextField(_("address"), blank=True)
    invoice_prefix = models.CharField(_("prefix of its invoices"), max_length=12, unique=True)

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operators")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SiteOperator(models.Model):
    """A site belongs to one operator at a time."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="operatorships")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="operatorships")
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("operator of a site")
        verbose_name_plural = _("operators of sites")
        constraints = [
            no_overlap("site", name="site_one_operator", message=_("The site already has an operator then."))
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.operator}"
