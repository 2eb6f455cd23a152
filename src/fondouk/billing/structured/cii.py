"""An invoice in UN/CEFACT Cross Industry Invoice D16B, profile EN 16931: what Factur-X puts into the PDF.

The Moroccan ICE is the legal registration (BT-30, BT-47), without a scheme, since ISO 6523 has none for it; the IF is the
seller's tax registration (BT-32), which stands in for a VAT number (BR-S-02, BR-CO-26).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from fondouk.billing.enums import MEANS_CODES, TYPE_CODES, Means, Paper
from fondouk.billing.models import Invoice, InvoiceLine, InvoiceTax

from .xml import Builder, amount, compact, exact, one_line

RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
PROFILE = "urn:cen.eu:en16931:2017"
DISCOUNT = "95"
"""UNTDID 5189."""

make = Builder(
    {
        "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
        "ram": RAM,
        "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    }
)


def to_cii(invoice: Invoice, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> bytes:
    """UTF-8. Of an issued invoice or credit note; a call for a deposit has none (`KeyError`)."""
    assert invoice.issued_on and invoice.seller and invoice.buyer  # noqa: S101 - the database holds it
    root = make(
        "rsm:CrossIndustryInvoice",
        make(
            "rsm:ExchangedDocumentContext",
            make("ram:GuidelineSpecifiedDocumentContextParameter", make("ram:ID", PROFILE)),
        ),
        make(
            "rsm:ExchangedDocument",
            make("ram:ID", invoice.reference),
            make("ram:TypeCode", TYPE_CODES[Paper(invoice.paper)]),
            make("ram:IssueDateTime", _day(invoice.issued_on)),
            *_notes(invoice),
        ),
        make(
            "rsm:SupplyChainTradeTransaction",
            *(_line(line) for line in lines),
            _agreement(invoice),
            make(
                "ram:ApplicableHeaderTradeDelivery",
                make(
                    "ram:ActualDeliverySupplyChainEvent",
                    make("ram:OccurrenceDateTime", _day(_delivered(invoice, lines))),
                ),
            ),
            _settlement(invoice, lines, taxes),
        ),
    )
    return make.written(root)


def _day(day: Any) -> Element:
    return make("udt:DateTimeString", compact(day), format="102")


def _delivered(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Any:
    """The last day of what is billed; the day of the invoice where no line has a period."""
    ends = [line.period.upper - timedelta(days=1) for line in lines if line.period]
    return max(ends, default=invoice.issued_on)


def _notes(invoice: Invoice) -> list[Element]:
    return [
        make("ram:IncludedNote", make("ram:Content", text))
        for text in (invoice.reason, one_line(invoice.note))
        if text
    ]


def _line(line: InvoiceLine) -> Element:
    period = line.period
    return make(
        "ram:IncludedSupplyChainTradeLineItem",
        make("ram:AssociatedDocumentLineDocument", make("ram:LineID", str(line.position))),
        make("ram:SpecifiedTradeProduct", make("ram:Name", line.label)),
        make(
            "ram:SpecifiedLineTradeAgreement",
            make("ram:NetPriceProductTradePrice", make("ram:ChargeAmount", exact(line.unit_price))),
        ),
        make(
            "ram:SpecifiedLineTradeDelivery",
            make("ram:BilledQuantity", exact(line.quantity), unitCode=line.unit),
        ),
        make(
            "ram:SpecifiedLineTradeSettlement",
            make(
                "ram:ApplicableTradeTax",
                make("ram:TypeCode", "VAT"),
                make("ram:CategoryCode", line.vat_category),
                make("ram:RateApplicablePercent", amount(line.vat_rate)),
            ),
            _period(period.lower, period.upper - timedelta(days=1)) if period else None,
            make(
                "ram:SpecifiedTradeAllowanceCharge",
                make("ram:ChargeIndicator", make("udt:Indicator", "false")),
                make("ram:ActualAmount", amount(line.discount)),
                make("ram:ReasonCode", DISCOUNT),
            )
            if line.discount
            else None,
            make(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                make("ram:LineTotalAmount", amount(line.net)),
            ),
        ),
    )


def _period(first: Any, last: Any) -> Element:
    return make(
        "ram:BillingSpecifiedPeriod",
        make("ram:StartDateTime", _day(first)),
        make("ram:EndDateTime", _day(last)),
    )


def _agreement(invoice: Invoice) -> Element:
    assert invoice.seller and invoice.buyer  # noqa: S101
    return make(
        "ram:ApplicableHeaderTradeAgreement",
        _party("ram:SellerTradeParty", invoice.seller, tax=invoice.seller["if"]),
        _party("ram:BuyerTradeParty", invoice.buyer),
        make("ram:BuyerOrderReferencedDocument", make("ram:IssuerAssignedID", invoice.purchase_reference))
        if invoice.purchase_reference
        else None,
    )


def _party(name: str, said: Mapping[str, Any], *, tax: str = "") -> Element:
    return make(
        name,
        make("ram:Name", said["name"]),
        make("ram:SpecifiedLegalOrganization", make("ram:ID", said["ice"])) if said["ice"] else None,
        make(
            "ram:PostalTradeAddress",
            make.text("ram:PostcodeCode", said["postal_code"]),
            make.text("ram:LineOne", one_line(said["address"])),
            make.text("ram:CityName", said["city"]),
            make("ram:CountryID", said["country"]),
        ),
        make("ram:SpecifiedTaxRegistration", make("ram:ID", tax, schemeID="FC")) if tax else None,
    )


def _settlement(invoice: Invoice, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> Element:
    assert invoice.seller and invoice.due_on  # noqa: S101
    rib = invoice.seller["rib"]
    return make(
        "ram:ApplicableHeaderTradeSettlement",
        make("ram:PaymentReference", invoice.reference),
        make("ram:InvoiceCurrencyCode", invoice.currency),
        make(
            "ram:SpecifiedTradeSettlementPaymentMeans",
            make("ram:TypeCode", MEANS_CODES[Means.TRANSFER]),
            make("ram:PayeePartyCreditorFinancialAccount", make("ram:ProprietaryID", rib)),
        )
        if rib
        else None,
        *(_tax(tax) for tax in taxes),
        make(
            "ram:SpecifiedTradePaymentTerms",
            make("ram:DueDateDateTime", _day(invoice.due_on)),
        ),
        make(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            make("ram:LineTotalAmount", amount(sum((line.net for line in lines), Decimal(0)))),
            make("ram:TaxBasisTotalAmount", amount(invoice.net)),
            make("ram:TaxTotalAmount", amount(invoice.vat), currencyID=invoice.currency),
            make("ram:GrandTotalAmount", amount(invoice.total)),
            make("ram:DuePayableAmount", amount(invoice.total)),
        ),
        make("ram:InvoiceReferencedDocument", make("ram:IssuerAssignedID", invoice.credits.reference))
        if invoice.credits
        else None,
    )


def _tax(tax: InvoiceTax) -> Element:
    return make(
        "ram:ApplicableTradeTax",
        make("ram:CalculatedAmount", amount(tax.amount)),
        make("ram:TypeCode", "VAT"),
        make.text("ram:ExemptionReason", tax.reason),
        make("ram:BasisAmount", amount(tax.base)),
        make("ram:CategoryCode", tax.category),
        make("ram:RateApplicablePercent", amount(tax.rate)),
    )
