"""Who sees invoices, and who bills."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_owner
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted, granted_on_network

READERS = (Role.DIRECTION, Role.FINANCE, Role.SITE_MANAGER)
BILLERS = (Role.DIRECTION, Role.FINANCE)


@rules.predicate
def is_billed(account: Any, invoice: Any) -> bool:
    """The invoice was issued to the person, or to a company that they own."""
    if not account.is_authenticated or invoice is None:
        return False
    if not invoice.is_issued:
        return False
    customer = invoice.customer
    if customer.person_id is not None:
        return bool(customer.person_id == account.person_id)
    return bool(is_owner(account, customer.company))


_readers = _("Invoices are for finance, the site manager and the direction.")

define("billing.list", granted(*READERS), _readers)
define("billing.view", granted(*READERS) | is_billed, _readers)
define("billing.own", is_owner, _("Invoices are for the owners of the company."))
define("billing.bill", granted(*BILLERS), _("Only finance or the direction bill."))
define(
    "billing.settings",
    granted_on_network(*BILLERS),
    _("Only finance of the whole network, or the direction, change taxes and how operators bill."),
)
