"""Who sees and changes the inventory."""

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

define("spaces.view", granted(), _("You have no role on this site."))
define(
    "spaces.edit",
    granted(Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES),
    _("Only the spaces team, the site manager or the direction may change the inventory."),
)
