"""What the audit says of sites, roles and invitations."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

SITE_CREATED = register("sites.site_created", _("Site created"), icon="building-community")
SITE_CHANGED = register("sites.site_changed", _("Site changed"), icon="pencil")
SITE_IMPORTED = register("sites.site_imported", _("Site taken from the book %(name)s"), icon="file-import")
PHASE_CHANGED = register("sites.phase_changed", _("Phase of the site changed"), icon="flag")
PHASE_ENTERED = register("sites.phase_entered", _("Phase noted: %(phase)s, %(on)s"), icon="flag")
PHASE_REMOVED = register("sites.phase_removed", _("Phase removed: %(phase)s, %(on)s"), icon="flag-off")
HOURS_CHANGED = register("sites.hours_changed", _("Opening hours changed"), icon="clock")
OVERRIDE_NOTED = register("sites.override_noted", _("Other hours noted: %(label)s"), icon="clock")
OVERRIDE_REMOVED = register("sites.override_removed", _("Other hours removed: %(label)s"), icon="clock-off")
FEAST_CHANGED = register("sites.feast_changed", _("Public holiday confirmed or moved"), icon="moon")
NETWORK_CHANGED = register("sites.network_changed", _("Settings of the network changed"), icon="settings")
ROLE_GIVEN = register("sites.role_given", _("Role given to %(person)s"), icon="user-shield")
ROLE_ENDED = register("sites.role_ended", _("Role of %(person)s ended"), icon="user-minus")
OPERATOR_SAVED = register("sites.operator_saved", _("Operator %(name)s saved"), icon="building-bank")
OPERATOR_ASSIGNED = register("sites.operator_assigned", _("Site run by %(name)s"), icon="building-bank")
