"""Two records found to be one company, and how to tell them apart again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person

from .company import Company


class CompanyMerge(models.Model):
    """`moved` lists what was moved or closed, `{"label": [ids]}`, so that the merge can be undone."""

    kept = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(kept=F("absorbed")),
                violation_error_message=_("A company cannot be merged with itself."),
            ),
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
