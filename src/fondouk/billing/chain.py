"""The chain of issued papers: the hash of each is of what it says and of the hash before it.

Whoever changes an issued paper, behind the back of the database's triggers, would have to work out all that follow anew;
and the last hash stands on paper, in the hands of a customer. FIPS 180-4 (SHA-256) of canonical JSON: keys sorted, no
spaces, UTF-8, amounts with two decimals, quantities, prices with four, days as in ISO 8601.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

INVOICE = (
    "paper", "reference", "year", "number", "issued_on", "due_on", "currency", "language", "reason", "note",
    "purchase_reference", "seller", "buyer", "net", "vat", "total",
)  # fmt: skip
LINE = (
    "position", "nature", "label", "unit", "net", "discount", "vat_category", "vat_reason",
)  # fmt: skip
TAX = ("category", "reason", "base", "amount")


def content(invoice: Any, lines: Iterable[Any], taxes: Iterable[Any]) -> dict[str, Any]:
    """What is issued, as it is hashed. `credits` of an invoice is the reference of the paper it corrects."""
    return {
        **{name: _plain(getattr(invoice, name)) for name in INVOICE},
        "credits": invoice.credits.reference if invoice.credits_id else "",
        "lines": [_line(line) for line in sorted(lines, key=lambda line: line.position)],
        "taxes": [
            {**{name: _plain(getattr(tax, name)) for name in TAX}, "rate": f"{tax.rate:.2f}"}
            for tax in sorted(taxes, key=lambda tax: (tax.category, -tax.rate))
        ],
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        **{name: _plain(getattr(line, name)) for name in LINE},
        "quantity": f"{line.quantity:.4f}",
        "unit_price": f"{line.unit_price:.4f}",
        "vat_rate": f"{line.vat_rate:.2f}",
        "period": [line.period.lower.isoformat(), line.period.upper.isoformat()] if line.period else [],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def hashed(said: Mapping[str, Any], previous: str) -> str:
    """64 hexadecimal digits."""
    text = json.dumps(
        {**said, "previous": previous}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
