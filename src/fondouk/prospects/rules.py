"""Who welcomes those who come to the park."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted, reach

HANDLERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.PARTNERSHIPS, Role.RECEPTION)
_handlers = _(
    "Prospects are for reception, admissions, partnerships, the manager of the site and the direction."
)

define("prospects.list", granted(*HANDLERS), _handlers)
define("prospects.edit", granted(*HANDLERS), _handlers)


@rules.predicate
def runs_its_site(account: Any, prospect: Any) -> bool:
    """The site it is about, not one that is visited besides; one of no site is the whole network's."""
    within = reach(account, Role.DIRECTION, Role.SITE_MANAGER)
    return bool(within) if prospect is None else within.covers(prospect.site_id)


define(
    "prospects.erase",
    runs_its_site,
    _("Only the direction or the manager of the site may erase a prospect."),
)
