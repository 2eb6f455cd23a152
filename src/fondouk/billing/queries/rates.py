"""Rates of tax on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fondouk.billing.models import NatureTax, VatRate


def rates_on(day: date) -> dict[int, Decimal]:
    """By key of VAT code, in per cent. A code whose rate nobody has told for that day is not there."""
    return dict(VatRate.objects.filter(period__contains=day).values_list("code", "rate"))


def usual_codes() -> dict[str, int]:
    """By nature, the key of the VAT code that it bears unless another is named."""
    return dict(NatureTax.objects.values_list("nature", "code"))
