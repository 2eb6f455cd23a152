"""What billing does."""

from .charging import Wanted, cancel_charge, charge, charge_all
from .crediting import Uncreditable, credit
from .customers import (
    customer_of,
    customer_of_person,
    customers_of,
    save_customer,
    save_profile,
    save_vat_rate,
)
from .drafting import discard, draft, refresh
from .issuing import NotIssuable, issue
from .running import draft_run, issue_run, start_run
from .sending import keep_file, send

__all__ = [
    "NotIssuable",
    "Uncreditable",
    "Wanted",
    "cancel_charge",
    "charge",
    "charge_all",
    "credit",
    "customer_of",
    "customer_of_person",
    "customers_of",
    "discard",
    "draft",
    "draft_run",
    "issue",
    "issue_run",
    "keep_file",
    "refresh",
    "save_customer",
    "save_profile",
    "save_vat_rate",
    "send",
    "start_run",
]
