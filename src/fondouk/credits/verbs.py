"""What the audit says of credits."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

GRANTED = register("credits.granted", _("%(quantity)s credits granted"), icon="coins")
ADJUSTED = register("credits.adjusted", _("Credits adjusted by %(quantity)s"), icon="coins")
