"""Words of requests."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    FAULT = "fault", _("Fault")
    SERVICE = "service", _("Service")


class State(TextChoices):
    """`WAITING`: the park has asked the resident something, and its clock stands still for nobody but them."""

    NEW = "new", _("Received")
    UNDERWAY = "underway", _("Under way")
    WAITING = "waiting", _("Awaits your answer")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset({State.NEW, State.UNDERWAY, State.WAITING})
DONE = frozenset({State.RESOLVED, State.CLOSED})

STAFF_STEPS = {
    State.NEW: (State.UNDERWAY, State.WAITING, State.RESOLVED),
    State.UNDERWAY: (State.WAITING, State.RESOLVED),
    State.WAITING: (State.UNDERWAY, State.RESOLVED),
    State.RESOLVED: (State.UNDERWAY,),
    State.CLOSED: (),
    State.WITHDRAWN: (),
}
"""Where the staff may take a request from each state."""
TONES = {
    State.NEW: "info",
    State.UNDERWAY: "primary",
    State.WAITING: "warn",
    State.RESOLVED: "ok",
    State.CLOSED: "neutral",
    State.WITHDRAWN: "neutral",
}
