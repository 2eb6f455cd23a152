"""What the audit says of access."""

from django.utils.translation import gettext_lazy as _

from fondouk.access.enums import State
from fondouk.audit.verbs import register

SERVICE_SAVED = register(
    "access.service_saved", _("Internet service saved: network %(network)s"), icon="network"
)
SERVICE_ENDED = register("access.service_ended", _("Internet service ended"), icon="network-off")
SERVICE_SUSPENDED = register(
    "access.service_suspended", _("Internet and Wi-Fi suspended: %(because)s"), icon="network-off"
)
SERVICE_RESUMED = register("access.service_resumed", _("Internet and Wi-Fi given back"), icon="network")
WIFI_GIVEN = register("access.wifi_given", _("Wi-Fi password made"), icon="wifi")
WIFI_REVOKED = register("access.wifi_revoked", _("Wi-Fi revoked"), icon="wifi-off")
SERVER_ADDED = register("access.server_added", _("RADIUS server added: %(label)s"), icon="server")
SERVER_REVOKED = register("access.server_revoked", _("RADIUS server revoked: %(label)s"), icon="server-off")
ISSUED = register("access.issued", _("%(what)s issued"), icon="id-badge-2")
STEPS = {
    State.ISSUED: register("access.given_back", _("%(what)s works again"), icon="id-badge-2"),
    State.SUSPENDED: register("access.suspended", _("%(what)s suspended"), icon="id-badge-off"),
    State.RETURNED: register("access.returned", _("%(what)s returned"), icon="arrow-back-up"),
    State.LOST: register("access.lost", _("%(what)s lost"), icon="alert-triangle"),
}
DOOR_SAVED = register("access.door_saved", _("Door saved: %(name)s"), icon="door")
DOOR_SECRET = register("access.door_secret", _("Reader of a door has a new secret: %(name)s"), icon="key")
DOOR_OPENED = register("access.door_opened", _("Door opened from here: %(name)s"), icon="door-enter")
RIGHT_GIVEN = register("access.right_given", _("Right to the door %(name)s given"), icon="lock-open")
RIGHT_TAKEN = register("access.right_taken", _("Right to the door %(name)s taken back"), icon="lock")
