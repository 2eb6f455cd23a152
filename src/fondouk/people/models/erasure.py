"""The erasure of a person's data: a row, so that who asked and when stay known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class PersonErasure(models.Model):
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"
