"""Who sees and deals with requests."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_member
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

HANDLERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.RECEPTION)
KEEPERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES)


@rules.predicate
def is_reporter(account: Any, request: Any) -> bool:
    """Whoever has made it, or is of its company. Without a request: anybody of a company."""
    if not account.is_authenticated:
        return False
    if request is None:
        return True
    if account.person_id == request.reporter_id:
        return True
    return request.company_id is not None and bool(is_member.test(account, request.company))


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
define("requests.follow", is_reporter, _("Only whoever has made it and their company answer for it."))
