"""Closed vocabularies of contracts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occupancy(TextChoices):
    """How a line holds its space. Sharing is always said, never deduced."""

    EXCLUSIVE = "exclusive", _("Exclusive")
    SHARED = "shared", _("Shared")
    PLACES = "places", _("Places")


class ContractState(TextChoices):
    """Computed from dates and termination."""

    TO_COME = "to_come", _("To come")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
