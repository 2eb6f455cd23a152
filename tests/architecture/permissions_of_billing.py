"""The rows of billing in the table of permissions: see `permissions`."""

from __future__ import annotations

from .rows import DIRECTION, POSTED, Arguments, company, fixed, key, none, within_form, year_of

BILLING: dict[str, tuple[Arguments, str]] = {
    # billing: finance, the direction and the site's manager read; finance and the direction bill
    "billing": (none, "s44444222"),
    "billing_runs": (none, "s44444222"),
    "billing_run": (key("billing_run"), "s44444222"),
    "billing_run_drafts": (key("billing_run"), POSTED),
    "billing_run_issue": (key("billing_run"), POSTED),
    "billing_run_sending": (key("billing_run"), POSTED),
    "billing_run_export": (within_form("billing_run"), "s44444222"),
    "invoices": (none, "s44444222"),
    "invoices_export": (fixed("csv"), "s44444222"),
    "invoice": (key("invoice"), "s44444222"),
    "invoice_paper": (key("invoice"), "s44444222"),
    "invoice_data": (within_form("invoice", "ubl"), "s44444222"),
    "invoice_issue": (key("draft_invoice"), POSTED),
    "invoice_discard": (key("draft_invoice"), POSTED),
    "invoice_sending": (key("invoice"), POSTED),
    "invoice_credit": (key("invoice"), DIRECTION),
    "charges": (none, "s44444222"),
    "charges_export": (fixed("csv"), "s44444222"),
    "charge_new": (none, DIRECTION),
    "charge_cancellation": (key("charge"), DIRECTION),
    "payments": (none, "s44444222"),
    "payments_export": (fixed("csv"), "s44444222"),
    "payment": (key("payment"), "s44444222"),
    "payment_reversal": (key("payment"), DIRECTION),
    "settlement_undoing": (key("settlement"), POSTED),
    "billing_settings": (none, "s44444222"),
    "billing_profile": (key("operator_of_site"), DIRECTION),
    "vat_code_new": (none, DIRECTION),
    "vat_code": (key("vat_code"), DIRECTION),
    "vat_rate": (key("vat_code"), DIRECTION),
    "usual_taxes": (none, DIRECTION),
    "company_billing": (company, DIRECTION),
    "company_draft": (company, POSTED),
    "company_payment": (company, DIRECTION),
    "member_invoices": (none, "s44244444"),
    "member_invoice": (key("invoice"), "s44244444"),
    "member_invoice_data": (within_form("invoice", "ubl"), "s44244444"),
    "member_invoices_archive": (year_of("invoice"), "s44244444"),
    "member_account": (none, "s44244444"),
    "member_account_export": (fixed("csv"), "s44244444"),
}
