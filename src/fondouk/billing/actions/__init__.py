"""What billing does."""

from .banking import (
    accept,
    accept_certain,
    bring_file,
    columns_before,
    dismiss,
    forget_file,
    read_file,
    reopen,
)
from .charging import Wanted, cancel_charge, charge, charge_all
from .closing import close_month, save_accounts
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
    "accept",
    "accept_certain",
    "bring_file",
    "cancel_charge",
    "charge",
    "charge_all",
    "close_month",
    "columns_before",
    "credit",
    "customer_of",
    "customer_of_person",
    "customers_of",
    "discard",
    "dismiss",
    "draft",
    "draft_run",
    "forget_file",
    "issue",
    "issue_run",
    "keep_file",
    "read_file",
    "receive",
    "refresh",
    "reopen",
    "reverse",
    "save_accounts",
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
