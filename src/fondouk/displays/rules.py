"""Who hangs tablets at doors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES)

define("displays.view", granted(), _("This is for the park's staff."))
define(
    "displays.keep",
    granted(*KEEPERS),
    _("Only the spaces team, the site manager or the direction keep the displays at doors."),
)
