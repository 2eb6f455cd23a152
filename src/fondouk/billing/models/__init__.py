"""What is charged to whom, the papers that say so, and their numbers."""

from .charge import Charge, ChargeCancellation
from .counter import Counter
from .customer import Customer
from .invoice import Invoice
from .line import InvoiceLine, InvoiceTax
from .paper import InvoiceFile, InvoiceSending
from .profile import Profile
from .run import BillingRun
from .vat import NatureTax, VatCode, VatRate

__all__ = [
    "BillingRun",
    "Charge",
    "ChargeCancellation",
    "Counter",
    "Customer",
    "Invoice",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceSending",
    "InvoiceTax",
    "NatureTax",
    "Profile",
    "VatCode",
    "VatRate",
]
