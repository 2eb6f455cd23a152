"""Words of access."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    BADGE = "badge", _("Badge")
    KEY = "key", _("Key")


class State(TextChoices):
    """Of a badge or a key."""

    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    RETURNED = "returned", _("Returned")
    LOST = "lost", _("Lost")


TONES = {State.ISSUED: "ok", State.SUSPENDED: "warn", State.RETURNED: "neutral", State.LOST: "danger"}
HELD = (State.ISSUED, State.SUSPENDED)


class Refusal(TextChoices):
    """Why somebody is not let in. What a network or a door is told, and its log."""

    UNKNOWN = "unknown", _("not known here")
    WRONG = "wrong", _("wrong password")
    REVOKED = "revoked", _("revoked")
    SUSPENDED = "suspended", _("suspended")
    NOT_HOSTED = "not_hosted", _("the company is not hosted on this site")
    NO_SERVICE = "no_service", _("the company has no Internet service on this site")
    NO_RIGHT = "no_right", _("no right to this door")
    CLOSED = "closed", _("outside the hours of this right")
    OFF = "off", _("this door is out of service")
    FAILED = "failed", _("the lock did not answer")
