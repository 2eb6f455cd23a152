"""How a job stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


class State(TextChoices):
    """What a person sees: the outcome, or how far the job is from one."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CANCELLING = "cancelling", _("Being cancelled")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
