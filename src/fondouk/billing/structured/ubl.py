"""An invoice, or a credit note, in UBL 2.1 as EN 16931 uses it. What stands for the ICE and the IF: see `cii`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from fondouk.billing.enums import MEANS_CODES, TYPE_CODES, Means, Paper
from fondouk.billing.models import Invoice, InvoiceLine, InvoiceTax

from .cii import DISCOUNT, PROFILE
from .xml import Builder, amount, exact, one_line

SPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
OTHER_TAX = "LOC"
"""BT-32: a tax registration that is no VAT number."""


def to_ubl(invoice: Invoice, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> bytes:
    """UTF-8. Of an issued invoice or credit note; a call for a deposit has none (`KeyError`)."""
    return _Document(invoice).written(lines, taxes)


class _Document:
    """The two documents differ in the names of some elements, and in the place of the day to pay."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice, self.code = invoice, TYPE_CODES[Paper(invoice.paper)]
        self.is_credit = invoice.paper == Paper.CREDIT_NOTE
        self.kind = "CreditNote" if self.is_credit else "Invoice"
        self.make = Builder(
            {
                "": f"{SPACE}{self.kind}-2",
                "cac": f"{SPACE}CommonAggregateComponents-2",
                "cbc": f"{SPACE}CommonBasicComponents-2",
            }
        )

    def written(self, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> bytes:
        make, invoice = self.make, self.invoice
        assert invoice.issued_on and invoice.due_on and invoice.seller and invoice.buyer  # noqa: S101
        notes = [make("cbc:Note", text) for text in (invoice.reason, one_line(invoice.note)) if text]
        root = make(
            self.kind,
            make("cbc:CustomizationID", PROFILE),
            make("cbc:ID", invoice.reference),
            make("cbc:IssueDate", invoice.issued_on.isoformat()),
            None if self.is_credit else make("cbc:DueDate", invoice.due_on.isoformat()),
            make(f"cbc:{self.kind}TypeCode", self.code),
            *notes,
            make("cbc:DocumentCurrencyCode", invoice.currency),
            make("cac:OrderReference", make("cbc:ID", invoice.purchase_reference))
            if invoice.purchase_reference
            else None,
            make(
                "cac:BillingReference",
                make("cac:InvoiceDocumentReference", make("cbc:ID", invoice.credits.reference)),
            )
            if invoice.credits
            else None,
            make("cac:AccountingSupplierParty", self._party(invoice.seller, tax=invoice.seller["if"])),
            make("cac:AccountingCustomerParty", self._party(invoice.buyer)),
            self._means(invoice.seller["rib"], invoice.due_on),
            self._taxes(taxes),
            make(
                "cac:LegalMonetaryTotal",
                self._money("LineExtensionAmount", sum((line.net for line in lines), Decimal(0))),
                self._money("TaxExclusiveAmount", invoice.net),
                self._money("TaxInclusiveAmount", invoice.total),
                self._money("PayableAmount", invoice.total),
            ),
            *(self._line(line) for line in lines),
        )
        return make.written(root)

    def _money(self, name: str, value: Decimal) -> Element:
        return self.make(f"cbc:{name}", amount(value), currencyID=self.invoice.currency)

    def _party(self, said: Mapping[str, Any], *, tax: str = "") -> Element:
        make = self.make
        return make(
            "cac:Party",
            make(
                "cac:PostalAddress",
                make.text("cbc:StreetName", one_line(said["address"])),
                make.text("cbc:CityName", said["city"]),
                make.text("cbc:PostalZone", said["postal_code"]),
                make("cac:Country", make("cbc:IdentificationCode", said["country"])),
            ),
            make(
                "cac:PartyTaxScheme",
                make("cbc:CompanyID", tax),
                make("cac:TaxScheme", make("cbc:ID", OTHER_TAX)),
            )
            if tax
            else None,
            make(
                "cac:PartyLegalEntity",
                make("cbc:RegistrationName", said["name"]),
                make.text("cbc:CompanyID", said["ice"]),
            ),
        )

    def _means(self, rib: str, due: date) -> Element | None:
        make = self.make
        if not rib:
            return None
        return make(
            "cac:PaymentMeans",
            make("cbc:PaymentMeansCode", MEANS_CODES[Means.TRANSFER]),
            make("cbc:PaymentDueDate", due.isoformat()) if self.is_credit else None,
            make("cbc:PaymentID", self.invoice.reference),
            make("cac:PayeeFinancialAccount", make("cbc:ID", rib)),
        )

    def _taxes(self, taxes: Sequence[InvoiceTax]) -> Element:
        make = self.make
        return make(
            "cac:TaxTotal",
            self._money("TaxAmount", self.invoice.vat),
            *(
                make(
                    "cac:TaxSubtotal",
                    self._money("TaxableAmount", tax.base),
                    self._money("TaxAmount", tax.amount),
                    self._category("cac:TaxCategory", tax.category, tax.rate, tax.reason),
                )
                for tax in taxes
            ),
        )

    def _category(self, name: str, category: str, rate: Decimal, reason: str = "") -> Element:
        make = self.make
        return make(
            name,
            make("cbc:ID", category),
            make("cbc:Percent", amount(rate)),
            make.text("cbc:TaxExemptionReason", reason),
            make("cac:TaxScheme", make("cbc:ID", "VAT")),
        )

    def _line(self, line: InvoiceLine) -> Element:
        make, period = self.make, line.period
        return make(
            f"cac:{self.kind}Line",
            make("cbc:ID", str(line.position)),
            make(
                "cbc:CreditedQuantity" if self.is_credit else "cbc:InvoicedQuantity",
                exact(line.quantity),
                unitCode=line.unit,
            ),
            self._money("LineExtensionAmount", line.net),
            make(
                "cac:InvoicePeriod",
                make("cbc:StartDate", period.lower.isoformat()),
                make("cbc:EndDate", (period.upper - timedelta(days=1)).isoformat()),
            )
            if period
            else None,
            make(
                "cac:AllowanceCharge",
                make("cbc:ChargeIndicator", "false"),
                make("cbc:AllowanceChargeReasonCode", DISCOUNT),
                self._money("Amount", line.discount),
            )
            if line.discount
            else None,
            make(
                "cac:Item",
                make("cbc:Name", line.label),
                self._category("cac:ClassifiedTaxCategory", line.vat_category, line.vat_rate),
            ),
            make(
                "cac:Price", make("cbc:PriceAmount", exact(line.unit_price), currencyID=self.invoice.currency)
            ),
        )
