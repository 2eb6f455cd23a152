"""Who sees and changes contracts."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_member
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

READERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.FINANCE)
_readers = _("Contracts and their amounts are for finance, admissions, the site manager and the direction.")

define("contracts.list", granted(*READERS), _readers)


@rules.predicate
def is_party(account: Any, contract: Any) -> bool:
    """A member of the company that holds this contract or, without one, of any."""
    return bool(is_member(account, None if contract is None else contract.company))


define("contracts.view", granted(*READERS) | is_party, _readers)
define(
    "contracts.edit",
    granted(Role.DIRECTION, Role.SITE_MANAGER, Role.FINANCE),
    _("Only the site manager, finance or the direction may change a contract."),
)
