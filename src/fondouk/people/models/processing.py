"""The register of processings of personal data (law 09-08)."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.people.enums import LegalBasis
from fondouk.people.usual import TEXTS, in_reader_language


@pghistory.track()
class Processing(models.Model):
    """One purpose for which personal data are kept, with its receipt number from the CNDP once declared."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    purpose = models.TextField(_("purpose"))
    legal_basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis.choices)
    data = models.TextField(_("categories of data"))
    recipients = models.TextField(_("recipients"), blank=True)
    retention = models.TextField(_("how long they are kept"))
    receipt = models.CharField(
        _("CNDP receipt"),
        max_length=60,
        blank=True,
        help_text=_("The number on the CNDP's receipt. Leave empty until it has been issued."),
    )
    declared_on = models.DateField(_("declared on"), null=True, blank=True)

    class Meta:
        verbose_name = _("processing")
        verbose_name_plural = _("processings")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.told["name"]

    @property
    def told(self) -> dict[str, str]:
        """Its texts for the reader: a usual one that nobody changed is in the reader's language."""
        return {field: in_reader_language(getattr(self, field)) for field in TEXTS}
