"""An import: what a book wrote, kept so that the whole can be undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person

from .book import Book


class Import(models.Model):
    """One book applied, in one transaction. `book` is empty when it came from the command line."""

    book = models.OneToOneField(Book, on_delete=models.SET_NULL, null=True, related_name="applied")
    name = models.CharField(_("workbook"), max_length=255)
    sha256 = models.CharField(max_length=64)
    report = models.JSONField()
    applied_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-applied_at",)

    def __str__(self) -> str:
        return self.name


class ImportedChange(models.Model):
    """A row of the database that an import wrote. `before` is empty when the import created it."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=80)
    record = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        verbose_name = _("imported change")
        verbose_name_plural = _("imported changes")
        ordering = ("pk",)
        indexes = [models.Index(fields=["model", "record"], name="imported_change_record")]

    def __str__(self) -> str:
        return f"{self.model}:{self.record}"


class ImportUndo(models.Model):
    run = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="undo")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("undo of an import")

    def __str__(self) -> str:
        return f"{self.run_id}"
