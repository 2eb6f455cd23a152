"""How long messages are kept."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fondouk.people.retention import Rule
from fondouk.webhooks.models import Event


def _remove(before: datetime) -> int:
    found = Event.objects.filter(at__lt=before)
    count = found.count()
    found.delete()
    return count


RULE = Rule(
    "webhooks.events",
    _("Messages to other systems, and how they were received"),
    _("after they were written"),
    3,
    lambda before: Event.objects.filter(at__lt=before).count(),
    _remove,
)
