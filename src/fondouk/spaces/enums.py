"""Closed vocabularies of spaces."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SpaceKind(TextChoices):
    STARTUP_OFFICE = "startup_office", _("Startup office")
    SME_OFFICE = "sme_office", _("SME office")
    OFFICE = "office", _("Office")
    FLOOR_PLATE = "floor_plate", _("Open floor")
    COWORKING = "coworking", _("Coworking")
    DESK = "desk", _("Shared desk")
    MEETING_ROOM = "meeting_room", _("Meeting room")
    TRAINING_ROOM = "training_room", _("Training room")
    AMPHITHEATRE = "amphitheatre", _("Amphitheatre")
    HALL = "hall", _("Hall")
    LAB = "lab", _("Laboratory")
    STUDIO = "studio", _("Studio")
    BOOTH = "booth", _("Booth")
    STORAGE = "storage", _("Storage")
    OTHER = "other", _("Other")


OFFICES = frozenset({SpaceKind.STARTUP_OFFICE, SpaceKind.SME_OFFICE, SpaceKind.OFFICE, SpaceKind.FLOOR_PLATE})
"""Kinds that a hosting contract holds for one company alone."""

ROOMS = frozenset({SpaceKind.MEETING_ROOM, SpaceKind.TRAINING_ROOM, SpaceKind.AMPHITHEATRE, SpaceKind.HALL})


class Equipment(TextChoices):
    """What stands in a space, or is true of it, that people look for."""

    SCREEN = "screen", _("Screen")
    PROJECTOR = "projector", _("Projector")
    VIDEO = "video", _("Videoconference")
    SOUND = "sound", _("Microphones and sound")
    WHITEBOARD = "whiteboard", _("Whiteboard")
    STEP_FREE = "step_free", _("Step-free access")


class ClosureKind(TextChoices):
    WORKS = "works", _("Works")
    CLEANING = "cleaning", _("Cleaning")
    CLOSED = "closed", _("Closed")


class RateUnit(IntegerChoices):
    """What a rate is charged for. An integer, so that it can stand in an exclusion constraint."""

    SQUARE_METRE_MONTH = 1, _("per m² and month")
    MONTH = 2, _("per month")
    PLACE_MONTH = 3, _("per place and month")
    DAY = 4, _("per day")
    HOUR = 5, _("per hour")
