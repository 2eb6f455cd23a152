"""Invoices, credit notes and calls for deposits on paper: PDF/A-3 with the Factur-X data inside, in the customer's
language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from fondouk.billing.amounts import ZERO
from fondouk.billing.enums import TYPE_CODES, Paper, Unit, VatCategory
from fondouk.billing.models import Invoice, InvoiceLine, InvoiceTax, Profile
from fondouk.billing.queries.parties import buyers, seller_of
from fondouk.billing.structured import FILE_NAME, to_cii, to_ubl, with_schema
from fondouk.documents.rendering import render
from fondouk.lib import formats
from fondouk.lib.money import Money
from fondouk.lib.words import UnspeakableAmount, amount_in_words
from fondouk.sites.models import Network

TEMPLATE = Path(__file__).resolve().parent / "typst" / "invoice.typ"
RIB = (3, 3, 16, 2)
WRITERS = {"cii": to_cii, "ubl": to_ubl}


def paper_of(invoice: Invoice) -> bytes:
    """The PDF. A draft is marked as one, and carries no data."""
    lines, taxes = list(invoice.lines.all()), list(invoice.taxes.all())
    with override(invoice.language):
        data = _data(invoice, lines, taxes)
        files = {}
        if invoice.is_issued and invoice.paper in TYPE_CODES:
            data["attached"] = FILE_NAME
            files[FILE_NAME] = to_cii(invoice, lines, taxes)
        label = "" if invoice.is_issued else _("Draft: no number, no invoice yet.")
        if Network.current().is_demonstration:
            label = _("Demonstration: every name and every figure is invented.")
        made = render(TEMPLATE, data, label=label, files=files, standard="a-3b")
    return with_schema(made) if files else made


def kept_or_made(invoice: Invoice) -> bytes:
    """The PDF that was kept when it was sent, or what it is now."""
    kept = getattr(invoice, "file", None)
    if kept is None:
        return paper_of(invoice)
    with kept.stored.content.open("rb") as content:
        return bytes(content.read())


def paper_response(invoice: Invoice) -> HttpResponse:
    answer = HttpResponse(kept_or_made(invoice), content_type="application/pdf")
    name = f"{invoice.reference or _('draft')}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    return answer


def data_response(invoice: Invoice, form: str) -> HttpResponse:
    """EN 16931 in one of its syntaxes. 404 for a draft, and for a call for a deposit, which is no invoice."""
    if form not in WRITERS or not invoice.is_issued or invoice.paper == Paper.DEPOSIT:
        raise Http404
    made = WRITERS[form](invoice, list(invoice.lines.all()), list(invoice.taxes.all()))
    answer = HttpResponse(made, content_type="application/xml; charset=utf-8")
    name = f"{invoice.reference}-{form}.xml"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _parties(invoice: Invoice) -> tuple[dict[str, Any], dict[str, Any]]:
    if invoice.seller is not None and invoice.buyer is not None:
        return invoice.seller, invoice.buyer
    profile = Profile.objects.select_related("operator").get(operator=invoice.operator_id)
    return seller_of(profile), buyers([invoice.customer], timezone.localdate())[invoice.customer_id]


def _data(invoice: Invoice, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> dict[str, Any]:
    language, currency = invoice.language, invoice.currency
    seller, buyer = _parties(invoice)
    day = invoice.issued_on or timezone.localdate()
    kind = str(Paper(invoice.paper).label)

    def money(value: Decimal) -> str:
        return formats.format_money(Money(value, currency), language)

    def number(value: Decimal) -> str:
        return formats.format_number(value, language, 2)

    has_discount = any(line.discount for line in lines)
    columns = [
        _("Description"),
        _("Quantity"),
        _("Unit price"),
        *([_("Discount")] if has_discount else []),
        _("VAT"),
    ]
    return {
        "title": f"{kind} {invoice.reference or ''}".strip(),
        "kind": kind,
        "day": [day.year, day.month, day.day],
        "attached": None,
        "facts": _facts(invoice, language),
        "seller": _party(seller, with_if=True),
        "buyer": _party(buyer, with_if=False),
        "reason": invoice.reason,
        "columns": [*columns, _("Amount before tax")],
        "lines": [
            {
                "label": line.label,
                "detail": _period(line, language),
                "cells": [
                    f"{formats.format_number(line.quantity.normalize(), language)} {_unit(line.unit)}".strip(),
                    _price(line.unit_price, language),
                    *([number(line.discount)] if has_discount else []),
                    formats.format_percent(line.vat_rate / 100, language, _decimals(line.vat_rate)),
                    number(line.net),
                ],
            }
            for line in lines
        ],
        "tax": {
            "columns": [_("VAT"), _("Before tax"), _("Tax")],
            "rows": [
                {
                    "label": formats.format_percent(tax.rate / 100, language, _decimals(tax.rate))
                    if tax.category == VatCategory.STANDARD
                    else str(VatCategory(tax.category).label),
                    "reason": tax.reason,
                    "base": number(tax.base),
                    "amount": number(tax.amount),
                }
                for tax in taxes
            ],
        },
        "totals": [
            {"label": _("Total before tax"), "value": money(invoice.net)},
            {"label": _("VAT"), "value": money(invoice.vat)},
            {"label": _("Total with tax"), "value": money(invoice.total)},
        ],
        "in-words": _in_words(invoice),
        "note": invoice.note,
        "payment": _payment(invoice, seller),
        "foot": _foot(seller),
        "words": {
            "seller": _("Issued by"),
            "buyer": _("Billed to"),
            "reason": _("Reason:"),
        },
    }


def _facts(invoice: Invoice, language: str) -> list[dict[str, Any]]:
    def fact(label: str, value: str, *, is_code: bool = False) -> dict[str, Any]:
        return {"label": label, "value": value, "is_code": is_code}

    found = [fact(_("Number"), invoice.reference or "—", is_code=True)]
    if invoice.issued_on:
        found.append(fact(_("Date"), formats.format_date(invoice.issued_on, language, "long")))
    if invoice.credits:
        found.append(fact(_("Corrects"), invoice.credits.reference or "", is_code=True))
    elif invoice.due_on:
        found.append(fact(_("To be paid by"), formats.format_date(invoice.due_on, language, "long")))
    if invoice.purchase_reference:
        found.append(fact(_("Purchase order"), invoice.purchase_reference, is_code=True))
    return found


def _party(said: Mapping[str, Any], *, with_if: bool) -> dict[str, Any]:
    place = " ".join(filter(None, (said["postal_code"], said["city"])))
    ids = [("ICE", said["ice"]), *([("IF", said["if"])] if with_if else []), ("RC", said["rc"])]
    return {
        "name": said["name"],
        "form": said.get("form", ""),
        "address": [isolated(line) for line in (*said["address"].splitlines(), place) if line.strip()],
        "ids": [{"label": _(label), "value": value} for label, value in ids if value],
    }


def isolated(text: str) -> str:
    """In a direction of its own, that of its first letter (UAX 9): "12, rue …" keeps its order in an Arabic paper."""
    return f"\u2068{text.strip()}\u2069"


def _period(line: InvoiceLine, language: str) -> str:
    if line.period is None:
        return ""
    first, last = line.period.lower, line.period.upper - timedelta(days=1)
    if first == last:
        return formats.format_date(first, language, "long")
    return _("from %(first)s to %(last)s") % {
        "first": formats.format_date(first, language, "long"),
        "last": formats.format_date(last, language, "long"),
    }


def _unit(unit: str) -> str:
    return "" if unit == Unit.ONE else str(Unit(unit).label)


def _decimals(rate: Decimal) -> int:
    return 0 if rate == rate.to_integral_value() else 2


def _price(price: Decimal, language: str) -> str:
    """At least two decimals, four where it has them."""
    exponent = price.normalize().as_tuple().exponent
    return formats.format_number(price, language, max(2, -int(exponent)))


def _in_words(invoice: Invoice) -> str:
    try:
        said = amount_in_words(Money(invoice.total, invoice.currency), invoice.language)
    except UnspeakableAmount:
        return ""
    if invoice.paper == Paper.CREDIT_NOTE:
        return _("This credit note amounts to: %(words)s.") % {"words": said}
    if invoice.paper == Paper.DEPOSIT:
        return _("This call for a deposit amounts to: %(words)s.") % {"words": said}
    return _("This invoice amounts to: %(words)s.") % {"words": said}


def _payment(invoice: Invoice, seller: Mapping[str, Any]) -> dict[str, Any] | None:
    if invoice.paper == Paper.CREDIT_NOTE or invoice.total == ZERO:
        return None
    facts = [{"label": _("Reference to give"), "value": invoice.reference or "—", "is_code": True}]
    if seller["rib"]:
        facts.append({"label": "RIB", "value": grouped_rib(seller["rib"]), "is_code": True})
    if seller["bank"]:
        facts.insert(1, {"label": _("Bank"), "value": seller["bank"], "is_code": False})
    late = _(
        "After this day a penalty is due for each month or part of a month of delay, at the rate of law 69-21."
    )
    return {
        "title": _("To be paid by transfer"),
        "facts": facts,
        "late": late if invoice.paper == Paper.INVOICE else "",
    }


def grouped_rib(rib: str) -> str:
    """Bank, locality, account, key."""
    parts, start = [], 0
    for length in RIB:
        parts.append(rib[start : start + length])
        start += length
    return " ".join(parts)


def _foot(seller: Mapping[str, Any]) -> str:
    """What the law wants at the foot of a commercial paper."""
    parts = (*seller["address"].splitlines(), " ".join(filter(None, (seller["postal_code"], seller["city"]))))
    place = isolated(", ".join(part.strip() for part in parts if part.strip()))
    said = [isolated(seller["name"])]
    if seller["capital"]:
        capital = formats.format_money(Money(Decimal(seller["capital"]), "MAD"), _language(), cents=False)
        said.append(_("share capital %(amount)s") % {"amount": capital})
    said.append(place)
    ids = (("ICE", "ice"), ("RC", "rc"), ("IF", "if"), ("TP", "tp"), ("CNSS", "cnss"))
    said += [f"{_(label)} \u2066{seller[name]}\u2069" for label, name in ids if seller[name]]
    said += filter(None, (seller["phone"] and f"\u2066{seller['phone']}\u2069", seller["email"]))
    return " · ".join(said)


def _language() -> str:
    return (get_language() or "fr")[:2]
