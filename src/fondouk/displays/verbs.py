"""What the audit says of displays."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

ADDED = register("displays.added", _("Door display added: %(space)s"), icon="device-tablet")
REVOKED = register("displays.revoked", _("Door display revoked: %(space)s"), icon="device-tablet-off")
