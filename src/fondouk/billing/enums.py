"""Closed vocabularies of billing. Codes that invoices carry to other systems are those of the lists EN 16931 names."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Paper(TextChoices):
    """What is numbered: each has series of its own, and no number is ever in two of them."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    DEPOSIT = "deposit", _("Call for a deposit")


TYPE_CODES = {Paper.INVOICE: "380", Paper.CREDIT_NOTE: "381"}
"""UNTDID 1001. A call for a deposit is no invoice: nothing is sold, no tax is due."""


class Nature(TextChoices):
    """What a charge is for: decides the account it is booked to."""

    RENT = "rent", _("Rent")
    SERVICE = "service", _("Service")
    DOMICILIATION = "domiciliation", _("Domiciliation")
    BOOKING = "booking", _("Room or desk")
    EVENT = "event", _("Event")
    REPAIR = "repair", _("Repair")
    PENALTY = "penalty", _("Penalty for late payment")
    DEPOSIT = "deposit", _("Deposit")
    OTHER = "other", _("Other")


class Unit(TextChoices):
    """UN/ECE Recommendation 20."""

    ONE = "C62", _("unit")
    MONTH = "MON", _("month")
    DAY = "DAY", _("day")
    HOUR = "HUR", _("hour")
    SQUARE_METRE = "MTK", _("m²")


class VatCategory(TextChoices):
    """UNTDID 5305, those that a Moroccan invoice may need."""

    STANDARD = "S", _("Taxed")
    ZERO = "Z", _("Taxed at zero")
    EXEMPT = "E", _("Exempt")
    OUTSIDE = "O", _("Outside the tax")


UNTAXED = frozenset({VatCategory.ZERO, VatCategory.EXEMPT, VatCategory.OUTSIDE})


class AccountRole(TextChoices):
    """What is booked to an account of its own."""

    CUSTOMERS = "customers", _("Customers")
    VAT = "vat", _("VAT billed")
    DEPOSITS = "deposits", _("Deposits received")
    STAMP = "stamp", _("Stamp duty to hand over")
    WAITING = "waiting", _("Payments of nobody knows whom")
    BANK = "bank", _("Bank")
    CASH_BOX = "cash", _("Cash box")
    CHEQUES = "cheques", _("Cheques in hand")
    CARDS = "cards", _("Cards")
    WITHHELD = "withheld", _("Tax withheld by customers")
    RENT = "rent", _("Sales: rents")
    SERVICE = "service", _("Sales: services")
    DOMICILIATION = "domiciliation", _("Sales: domiciliation")
    BOOKING = "booking", _("Sales: rooms and desks")
    EVENT = "event", _("Sales: events")
    REPAIR = "repair", _("Sales: repairs")
    PENALTY = "penalty", _("Penalties received")
    OTHER = "other", _("Sales: other")


class State(TextChoices):
    """What an invoice is, computed from its number, its balance and the day."""

    DRAFT = "draft", _("Draft")
    DUE = "due", _("To be paid")
    OVERDUE = "overdue", _("Overdue")
    PAID = "paid", _("Paid")
    OPEN = "open", _("To be used")
    USED = "used", _("Used")


class Language(TextChoices):
    """Languages an invoice is written in."""

    FRENCH = "fr", _("French")
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")


class Means(TextChoices):
    """How money comes. UNTDID 4461 in `MEANS_CODES`."""

    TRANSFER = "transfer", _("Transfer")
    CHEQUE = "cheque", _("Cheque")
    CASH = "cash", _("Cash")
    CARD = "card", _("Card")
    WITHHELD = "withheld", _("Withheld at source")


MEANS_CODES = {Means.TRANSFER: "30", Means.CHEQUE: "20", Means.CASH: "10", Means.CARD: "48"}
