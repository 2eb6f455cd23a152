"""Closed vocabularies of prospects: why somebody writes, by which way, what came of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    SETTLE = "settle", _("Settle in the park")
    PROGRAMME = "programme", _("Join a support programme")
    PARTNERSHIP = "partnership", _("Work together: partner, university, large company")
    INVESTMENT = "investment", _("Meet companies as an investor")
    DELEGATION = "delegation", _("Visit with a delegation or a class")
    PRESS = "press", _("Press and media")
    OTHER = "other", _("Something else")


class Origin(TextChoices):
    """The way by which somebody came to us."""

    FORM = "form", _("Form of the public site")
    PHONE = "phone", _("Phone")
    MAIL = "mail", _("E-mail")
    DESK = "desk", _("At reception")
    EVENT = "event", _("Met at an event")


class Outcome(TextChoices):
    """What came of it. None of these while it is open."""

    SETTLED = "settled", _("Became a company of the network")
    SERVED = "served", _("Had what they came for")
    LATER = "later", _("Not now")
    UNFIT = "unfit", _("Not for us")
    SILENT = "silent", _("No longer answers")
    WITHDRAWN = "withdrawn", _("Withdrew their request")
    UNWANTED = "unwanted", _("Unwanted message")


class TourEnd(TextChoices):
    """How a tour ended."""

    DONE = "done", _("Took place")
    MISSED = "missed", _("Nobody came")
    CANCELLED = "cancelled", _("Cancelled")


class DayPart(TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
