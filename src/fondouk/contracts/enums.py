"""Closed vocabularies of contracts."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Occupancy(TextChoices):
    """How a line holds its space. Sharing is always said, never deduced."""

    EXCLUSIVE = "exclusive", _("Exclusive")
    SHARED = "shared", _("Shared")
    PLACES = "places", _("Places")


class Every(IntegerChoices):
    """How many months a price is for."""

    ONCE = 0, _("once")
    MONTH = 1, _("every month")
    QUARTER = 3, _("every three months")
    YEAR = 12, _("every year")


class ContractState(TextChoices):
    """Computed from dates and termination."""

    TO_COME = "to_come", _("To come")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
