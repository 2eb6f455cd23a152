"""What is charged to whom, the papers that say so, and their numbers."""

from .balance import Balance
from .bank import BankLine, BankStatement, operators_within
from .charge import Charge, ChargeCancellation
from .counter import Counter
from .customer import Customer
from .invoice import Invoice
from .ledger import Account, Closing
from .line import InvoiceLine, InvoiceTax
from .paper import InvoiceFile, InvoiceSending
from .payment import Payment, PaymentReversal, Settlement
from .profile import Profile
from .run import BillingRun
from .vat import NatureTax, VatCode, VatRate

__all__ = [
    "Account",
    "Balance",
    "BankLine",
    "BankStatement",
    "BillingRun",
    "Charge",
    "ChargeCancellation",
    "Closing",
    "Counter",
    "Customer",
    "Invoice",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceSending",
    "InvoiceTax",
    "NatureTax",
    "Payment",
    "PaymentReversal",
    "Profile",
    "Settlement",
    "VatCode",
    "VatRate",
    "operators_within",
]
