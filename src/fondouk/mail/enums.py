"""How a message stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Delivery(TextChoices):
    WAITING = "waiting", _("To send")
    SENT = "sent", _("Sent")
    RETRYING = "retrying", _("Will be tried again")
    FAILED = "failed", _("Failed")
    KEPT = "kept", _("Kept: no mail server")
    FORGOTTEN = "forgotten", _("Forgotten before it left")
