"""Who sees and deals with requests."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

HANDLERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.RECEPTION)
KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES)


define("requests.view", granted(), _("This is for the park's staff."))
define(
    "requests.handle",
    granted(*HANDLERS),
    _("Only reception, the spaces team, the site manager or the direction deal with requests."),
)
define(
    "requests.keep",
    granted(*KEEPERS),
    _("Only the spaces team, the site manager or the direction keep the categories of requests."),
)
