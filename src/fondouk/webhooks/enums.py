"""Words of webhooks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What happened, as `type` of a message names it."""

    BOOKING_CREATED = "booking.created", _("Booking made")
    BOOKING_MOVED = "booking.moved", _("Booking moved")
    BOOKING_CANCELLED = "booking.cancelled", _("Booking cancelled")
    VISIT_ANNOUNCED = "visit.announced", _("Visitor announced")
    VISIT_ARRIVED = "visit.arrived", _("Visitor arrived")
    VISIT_LEFT = "visit.left", _("Visitor gone")
    VISIT_CANCELLED = "visit.cancelled", _("Visit cancelled")
    REQUEST_OPENED = "request.opened", _("Request made")
    REQUEST_STEPPED = "request.stepped", _("Request taken a step further")
    TEST = "test", _("Test")


CHOSEN = [kind for kind in Kind if kind != Kind.TEST]
"""What an endpoint may ask for; a test goes where somebody sends one."""


class State(TextChoices):
    WAITING = "waiting", _("Waits")
    RETRYING = "retrying", _("Tried again later")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")


OPEN = frozenset({State.WAITING, State.RETRYING})
TONES = {
    State.WAITING: "info",
    State.RETRYING: "warn",
    State.DELIVERED: "ok",
    State.FAILED: "danger",
    State.DROPPED: "neutral",
}
