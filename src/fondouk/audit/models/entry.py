"""An entry of the audit: who did what to which records, and when."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person


def reference(record: models.Model) -> str:
    """How the audit names a record: "companies.company:42"."""
    return f"{record._meta.label_lower}:{record.pk}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *records: models.Model) -> EntryQuerySet:
        return self.filter(subjects__overlap=[reference(record) for record in records])


class Entry(models.Model):
    """Written by actions, once for each act. Triggers of pghistory keep the old values of every row beside it.

    `subjects` are references, not foreign keys: the audit outlives what it speaks of. `facts` hold codes, numbers and
    dates for the sentence; a person stands in it as `{"person": id}`, so that erasing them reaches the audit too.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=80)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    subjects = ArrayField(models.CharField(max_length=120))
    facts = models.JSONField(default=dict)
    context = models.UUIDField(null=True, help_text="The context of pghistory in which rows were written.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-at", "-pk")
        indexes = [
            GinIndex(fields=["subjects"], name="audit_subjects"),
            models.Index(fields=["-at"], name="audit_at"),
            models.Index(fields=["actor", "-at"], name="audit_actor"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
