"""Closed vocabularies of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Effect(TextChoices):
    """What a row of a book does."""

    CREATED = "created", _("New")
    UPDATED = "updated", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")


class BookState(TextChoices):
    """Where an uploaded book stands. Applied and undone are told by `Import` rows."""

    RECEIVED = "received", _("Received")
    APPLIED = "applied", _("Imported")
    UNDONE = "undone", _("Undone")
