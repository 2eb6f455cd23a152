"""Documents and notes kept about a company."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import DocumentKind
from fondouk.files.models import StoredFile
from fondouk.people.models import Person

from .company import Company


@pghistory.track()
class CompanyDocument(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="documents")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="company_document")
    kind = models.CharField(
        _("kind"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.OTHER
    )
    title = models.CharField(_("title"), max_length=200)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    is_for_members = models.BooleanField(_("the company sees it"), default=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-added_at",)

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class CompanyNote(models.Model):
    """What the staff want to remember. The company does not see it."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return self.text[:60]
