"""Letting go of what the journal and the history of rows say of long ago."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.apps import apps
from pghistory.models import Context, Event

from fondouk.audit.models import Entry


def count_old(before: datetime) -> int:
    """Lines of the journal. Rows of history go with them, uncounted."""
    return Entry.objects.filter(at__lt=before).count()


def remove_old(before: datetime) -> int:
    """The one place, besides erasure, where what is append-only is not: the law asks for an end to keeping."""
    histories = [model for model in apps.get_models() if issubclass(model, Event)]
    protected = [f"{model._meta.label}:append_only" for model in histories]
    with pgtrigger.ignore("audit.Entry:append_only", *protected):
        for model in histories:
            model._base_manager.filter(pgh_created_at__lt=before).delete()
        Context.objects.filter(created_at__lt=before).delete()
        return Entry.objects.filter(at__lt=before).delete()[0]
