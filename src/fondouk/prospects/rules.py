"""Who welcomes those who come to the park."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

HANDLERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.PARTNERSHIPS, Role.RECEPTION)
_handlers = _(
    "Prospects are for reception, admissions, partnerships, the manager of the site and the direction."
)

define("prospects.list", granted(*HANDLERS), _handlers)
define("prospects.edit", granted(*HANDLERS), _handlers)
define(
    "prospects.erase",
    granted(Role.DIRECTION, Role.SITE_MANAGER),
    _("Only the direction or the manager of the site may erase a prospect."),
)
