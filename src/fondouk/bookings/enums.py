"""Closed vocabularies of bookings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Of an occurrence. Only what is booked holds its space."""

    REQUESTED = "requested", _("Awaiting approval")
    BOOKED = "booked", _("Booked")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    MISSED = "missed", _("Nobody came")


LIVE = (Status.REQUESTED, Status.BOOKED)
"""Those that may still take place."""


class Audience(TextChoices):
    """Who books, as rules tell them apart."""

    STAFF = "staff", _("Staff of the park")
    RESIDENT = "resident", _("People of a hosted company")
    VISITOR = "visitor", _("People from outside")


class Scope(TextChoices):
    """How much of a series a change is about."""

    THIS = "this", _("This one")
    FOLLOWING = "following", _("This one and those that follow")
    ALL = "all", _("The whole series")
