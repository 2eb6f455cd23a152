"""Closed vocabularies of credits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """What an entry does to the credits that are left in its lot."""

    GRANTED = "granted", _("Granted")
    ADJUSTED = "adjusted", _("Adjusted")
    HELD = "held", _("Set aside")
    RELEASED = "released", _("Given back")
    CONSUMED = "consumed", _("Used")


OF_A_HOLD = frozenset({EntryKind.HELD, EntryKind.RELEASED, EntryKind.CONSUMED})
