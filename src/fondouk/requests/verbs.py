"""What the audit says of requests."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register
from fondouk.requests.enums import State

OPENED = register("requests.opened", _("Request made: %(title)s"), icon="ticket")
ASSIGNED = register("requests.assigned", _("Request given to %(person)s"), icon="user-check")
UNASSIGNED = register("requests.unassigned", _("Request given to nobody"), icon="user-x")
SAID = register("requests.said", _("Answer written"), icon="message-2")
STEPS = {
    State.NEW: register("requests.made_again", _("Request made again"), icon="ticket"),
    State.UNDERWAY: register("requests.underway", _("Request under way"), icon="progress"),
    State.WAITING: register("requests.waiting", _("Request awaits an answer"), icon="hourglass"),
    State.RESOLVED: register("requests.resolved", _("Request resolved"), icon="check"),
    State.CLOSED: register("requests.closed", _("Request closed"), icon="check"),
    State.WITHDRAWN: register("requests.withdrawn", _("Request withdrawn"), icon="x"),
}
RATED = register("requests.rated", _("Request rated: %(rating)s of 5"), icon="star")
CATEGORY_SAVED = register(
    "requests.category_saved", _("Category of requests saved: %(name)s"), icon="category"
)
