"""What the audit says of prospects and tours. No name stands in it: prospects are forgotten in time."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

PROSPECT_RECEIVED = register(
    "prospects.prospect_received", _("Request received by the public site"), icon="message"
)
PROSPECT_NOTED = register("prospects.prospect_noted", _("Prospect noted"), icon="user-plus")
PROSPECT_CHANGED = register("prospects.prospect_changed", _("Prospect changed"), icon="pencil")
PROSPECT_ASSIGNED = register(
    "prospects.prospect_assigned", _("Prospect followed by %(person)s"), icon="user-check"
)
PROSPECT_RELEASED = register(
    "prospects.prospect_released", _("Prospect followed by nobody"), icon="user-minus"
)
PROSPECT_FOLLOWED_UP = register(
    "prospects.prospect_followed_up", _("Follow-up of the prospect noted"), icon="message"
)
FOLLOW_UP_REMOVED = register(
    "prospects.follow_up_removed", _("Follow-up of the prospect taken back"), icon="rotate"
)
PROSPECT_CLOSED = register(
    "prospects.prospect_closed", _("Prospect closed: %(outcome)s"), icon="circle-check"
)
PROSPECT_REOPENED = register("prospects.prospect_reopened", _("Prospect open again"), icon="rotate")
PROSPECT_ERASED = register("prospects.prospect_erased", _("Prospect erased"), icon="trash")
TOUR_PLANNED = register("prospects.tour_planned", _("Tour planned on %(on)s"), icon="calendar-event")
TOUR_MOVED = register("prospects.tour_moved", _("Tour moved to %(on)s"), icon="calendar-event")
TOUR_REVIVED = register("prospects.tour_revived", _("Tour not ended after all"), icon="rotate")
TOUR_ENDED = register("prospects.tour_ended", _("Tour: %(end)s"), icon="calendar-event")
