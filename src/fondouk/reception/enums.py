"""Words of reception."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    EXPECTED = "expected", _("Visit expected")
    HERE = "here", _("Here")
    LEFT = "left", _("Visit over")
    CANCELLED = "cancelled", _("Visit cancelled")
    MISSED = "missed", _("Did not come")


TONES = {
    State.EXPECTED: "info",
    State.HERE: "ok",
    State.LEFT: "neutral",
    State.CANCELLED: "neutral",
    State.MISSED: "warn",
}
