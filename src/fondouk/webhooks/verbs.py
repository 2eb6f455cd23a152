"""What the audit says of webhooks."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

ADDED = register("webhooks.added", _("Webhook added: %(label)s"), icon="webhook")
CHANGED = register("webhooks.changed", _("Webhook changed: %(label)s"), icon="webhook")
SWITCHED_ON = register("webhooks.on", _("Webhook switched on: %(label)s"), icon="webhook")
SWITCHED_OFF = register("webhooks.off", _("Webhook switched off: %(label)s"), icon="webhook")
GONE = register("webhooks.gone", _("Webhook switched off by its receiver (410): %(label)s"), icon="webhook")
REMOVED = register("webhooks.removed", _("Webhook removed: %(label)s"), icon="trash")
ROTATED = register("webhooks.rotated", _("Webhook has a new secret: %(label)s"), icon="key")
SENT_AGAIN = register("webhooks.sent_again", _("Messages sent again to %(label)s: %(count)s"), icon="refresh")
