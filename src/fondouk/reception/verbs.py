"""What the audit says of visitors: never who they are, so that it may outlive what is known of them."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

ANNOUNCED = register("reception.announced", _("Visitors announced: %(count)s"), icon="user-plus")
WALKED_IN = register("reception.walked_in", _("Visitor received who was not announced"), icon="user-plus")
CHANGED = register("reception.changed", _("Announced visit changed"), icon="pencil")
CANCELLED = register("reception.cancelled", _("Announced visit cancelled"), icon="x")
DECLINED = register("reception.declined", _("Visitor does not come"), icon="x")
RESTORED = register("reception.restored", _("Visit announced again"), icon="user-plus")
SENT_AGAIN = register("reception.sent_again", _("Invitation sent again"), icon="mail")
ARRIVED = register("reception.arrived", _("Visitor arrived"), icon="door-enter")
NOT_ARRIVED = register("reception.not_arrived", _("Arrival of a visitor taken back"), icon="arrow-back-up")
LEFT = register("reception.left", _("Visitor gone"), icon="door-exit")
NOT_LEFT = register("reception.not_left", _("Visitor is still here"), icon="arrow-back-up")
