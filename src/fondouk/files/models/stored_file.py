"""A file as it was received."""

from __future__ import annotations

import uuid

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person


def place(stored: StoredFile, name: str) -> str:
    """Where the storage keeps it: never under the name somebody gave it."""
    return f"{stored.pk.hex[:2]}/{stored.pk.hex}"


def storage():  # type: ignore[no-untyped-def]
    return default_storage


class StoredFile(models.Model):
    """Bytes with the name they came under and the type that their content shows.

    Who may read it is not said here: an app that keeps files tells `fondouk.files.readers`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.FileField(upload_to=place, storage=storage, max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("-created_at",)
        constraints = [models.CheckConstraint(name="file_has_a_size", condition=Q(size__gte=0))]

    def __str__(self) -> str:
        return self.name
