"""Who sees and changes contracts."""

from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_member
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

define("contracts.list", granted(), _("This is for the park's staff."))
define("contracts.view", granted() | is_member, _("You have no role on this site."))
define(
    "contracts.edit",
    granted(Role.DIRECTION, Role.SITE_MANAGER, Role.FINANCE),
    _("Only the site manager, finance or the direction may change a contract."),
)
