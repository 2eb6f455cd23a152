"""Closed vocabularies of bookings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Of an occurrence. Only what is booked holds its space."""

    REQUESTED = "requested", _("Awaiting approval")
    WAITING = "waiting", _("On the waiting list")
    BOOKED = "booked", _("Booked")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    MISSED = "missed", _("Nobody came")
    LAPSED = "lapsed", _("Never came free")


LIVE = (Status.REQUESTED, Status.WAITING, Status.BOOKED)
"""Those that may still take place."""
UNSETTLED = (Status.REQUESTED, Status.WAITING)
"""Of these, those that hold no space yet."""


class Audience(TextChoices):
    """Who books, as rules tell them apart."""

    STAFF = "staff", _("Staff of the park")
    RESIDENT = "resident", _("People of a hosted company")
    DOMICILED = "domiciled", _("People of a company hosted without a space")
    VISITOR = "visitor", _("People from outside")


class Segment(TextChoices):
    """Who pays, as prices tell customers apart."""

    PARK = "park", _("The park itself")
    STARTUP = "startup", _("Hosted startup or project")
    SME = "sme", _("Hosted SME")
    HOSTED = "hosted", _("Other hosted company")
    DOMICILED = "domiciled", _("Company without a space here")
    PARTNER = "partner", _("Partner")
    OUTSIDE = "outside", _("From outside")


class PriceUnit(TextChoices):
    """What the amount of a price is for."""

    HOUR = "hour", _("An hour")
    DAY = "day", _("A day")
    ONCE = "once", _("Each time, however long")
    SHARE = "share", _("Percent of the space's own rate")


class QuotaPer(TextChoices):
    """Whose bookings a quota adds up."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class QuotaSpan(TextChoices):
    DAY = "day", _("Day")
    WEEK = "week", _("Week, from Monday")
    MONTH = "month", _("Month")


class Scope(TextChoices):
    """How much of a series a change is about."""

    THIS = "this", _("This one")
    FOLLOWING = "following", _("This one and those that follow")
    ALL = "all", _("The whole series")
