"""What billing does."""

from .charging import Wanted, cancel_charge, charge, charge_all
from .crediting import Uncreditable, credit
from .customers import (
    customer_of,
    customer_of_person,
    customers_of,
    save_customer,
    save_profile,
    save_usual,
    save_vat_code,
    save_vat_rate,
)
from .drafting import discard, draft, refresh
from .issuing import NotIssuable, issue
from .paying import receive, reverse, settle, settle_oldest, stamp_duty, unsettle, withholding_on
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
    "receive",
    "refresh",
    "reverse",
    "save_customer",
    "save_profile",
    "save_usual",
    "save_vat_code",
    "save_vat_rate",
    "send",
    "settle",
    "settle_oldest",
    "stamp_duty",
    "start_run",
    "unsettle",
    "withholding_on",
]
