"""Who sees and gives access."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES)
HANDLERS = (*KEEPERS, Role.RECEPTION)

define("access.view", granted(*HANDLERS), _("Only those who give access see it."))
define(
    "access.keep",
    granted(*KEEPERS),
    _("Only the spaces team, the site manager or the direction keep Internet services and doors."),
)
define(
    "access.issue",
    granted(*HANDLERS),
    _("Only reception, the spaces team, the site manager or the direction issue badges and keys."),
)
