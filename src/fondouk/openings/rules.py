"""Who plans the opening of a site: whoever runs it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

_managers = _("Only the direction or the manager of the site may do this.")
define("openings.view", granted(), _("This is for the park's staff."))
define("openings.edit", granted(Role.DIRECTION, Role.SITE_MANAGER), _managers)
