"""What the audit says of billing."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

CHARGED = register("billing.charged", _("Charge added: %(label)s"), icon="receipt")
CHARGE_CANCELLED = register("billing.charge_cancelled", _("Charge cancelled: %(label)s"), icon="receipt-off")
RUN_STARTED = register("billing.run_started", _("Billing of a month begun"), icon="receipt")
DRAFT_DISCARDED = register("billing.draft_discarded", _("Draft invoice discarded"), icon="trash")
ISSUED = register("billing.issued", _("Issued: %(reference)s"), icon="receipt")
CREDITED = register("billing.credited", _("Credit note for %(reference)s"), icon="receipt-refund")
SENT = register("billing.sent", _("Sent to %(to)s"), icon="mail")
PAID = register("billing.paid", _("Payment received: %(amount)s"), icon="cash")
SETTLED = register("billing.settled", _("%(amount)s paid of it"), icon="cash")
UNSETTLED = register("billing.unsettled", _("%(amount)s taken back: due again"), icon="cash-off")
REVERSED = register("billing.reversed", _("Payment of %(amount)s taken back: %(reason)s"), icon="cash-off")
BANK_READ = register("billing.bank_read", _("Bank file read: %(new)s sums"), icon="building-bank")
BANK_DISMISSED = register(
    "billing.bank_dismissed", _("%(amount)s pays nothing billed here: %(reason)s"), icon="building-bank"
)
MONTH_CLOSED = register("billing.month_closed", _("Month closed"), icon="lock")
ACCOUNTS_CHANGED = register("billing.accounts_changed", _("Accounts changed"), icon="edit")
CUSTOMER_CHANGED = register("billing.customer_changed", _("How it is billed was changed"), icon="edit")
PROFILE_CHANGED = register("billing.profile_changed", _("How the operator bills was changed"), icon="edit")
VAT_CHANGED = register("billing.vat_changed", _("VAT changed: %(code)s"), icon="edit")
