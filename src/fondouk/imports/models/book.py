"""A workbook somebody uploaded, and the mappings people have corrected."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.people.models import Person


class Book(models.Model):
    """An upload waiting to be looked at, or imported.

    `mapping` is what a person changed: `{sheet: {"kind": kind or "", "columns": {header: a `Meaning` as a word, or ""}}}`.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="book")
    mapping = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("workbook")
        verbose_name_plural = _("workbooks")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.file.name


class HeaderMapping(models.Model):
    """What a header means in this house: remembered from one book to the next. An empty field means: leave it out."""

    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=200, help_text="squashed")
    field = models.CharField(max_length=60, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["kind", "header"], name="header_meaning_once")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.header} → {self.field}"
