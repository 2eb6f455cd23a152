"""What of a contract has been charged: the link to billing stands here, since billing knows no contract.

A day of a line, or of a service, is charged once: the database refuses a second. What was credited to be billed anew is
released.
"""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.billing.models import Charge
from fondouk.lib.db import no_overlap

from .line import ContractLine
from .service import ContractService

STANDING = Q(released_at=None)


class LineCharge(models.Model):
    line = models.ForeignKey(ContractLine, on_delete=models.PROTECT, related_name="charges")
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="contract_line")
    period = DateRangeField(_("period"))
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("charge of a line")
        verbose_name_plural = _("charges of lines")
        constraints = [
            no_overlap(
                "line",
                name="line_charged_once",
                condition=STANDING,
                message=_("These days are charged already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.period}"


class ServiceCharge(models.Model):
    service = models.ForeignKey(ContractService, on_delete=models.PROTECT, related_name="charges")
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="contract_service")
    period = DateRangeField(_("period"))
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("charge of a service")
        verbose_name_plural = _("charges of services")
        constraints = [
            no_overlap(
                "service",
                name="service_charged_once",
                condition=STANDING,
                message=_("These days are charged already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.period}"
