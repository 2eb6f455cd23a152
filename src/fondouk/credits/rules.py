"""Who sees and grants credits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_member
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.FINANCE)

define("credits.view", granted() | is_member, _("Credits are for the company and for the park's staff."))
define(
    "credits.grant",
    granted(*KEEPERS),
    _("Only finance, the spaces team, the site manager or the direction grant credits."),
)
