"""The filters of the lists of billing."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Means, Nature, Paper, State
from fondouk.billing.models import Charge, Invoice, Payment
from fondouk.billing.queries import in_state
from fondouk.lib.fields import TypedDateField
from fondouk.lib.text import fold
from fondouk.sites.current import sites_within_reach


class DayFilter(django_filters.Filter):
    field_class = TypedDateField


class SitedFilter(django_filters.FilterSet):
    """Sites within reach, by code."""

    site = django_filters.ChoiceFilter(field_name="site__code", label=_("Site"), empty_label=_("All"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["site"].extra["choices"] = [
            (site.code, str(site)) for site in sites_within_reach(self.request)
        ]


def whose(folded: str) -> Q:
    """Whose customer's name has these words."""
    return Q(customer__company__name_folded__contains=folded) | Q(
        customer__person__name_folded__contains=folded
    )


def typed(value: str) -> str:
    return value.replace("\x00", "").strip()


class InvoiceFilter(SitedFilter):
    q = django_filters.CharFilter(method="filter_words", label=_("Number or customer"))
    state = django_filters.ChoiceFilter(
        choices=State.choices, method="filter_state", label=_("State"), empty_label=_("All")
    )
    paper = django_filters.ChoiceFilter(choices=Paper.choices, label=_("Kind"), empty_label=_("All"))
    since = DayFilter(field_name="issued_on", lookup_expr="gte", label=_("From"))
    until = DayFilter(field_name="issued_on", lookup_expr="lte", label=_("Until"))

    class Meta:
        model = Invoice
        fields: list[str] = []

    field_order = ("q", "state", "paper", "site", "since", "until")

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        words = typed(value)
        return rows.filter(Q(reference__icontains=words) | whose(fold(words)))

    def filter_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(in_state(value, timezone.localdate()))


STATES = [("open", _("To be billed")), ("billed", _("On an invoice")), ("cancelled", _("Cancelled"))]


class ChargeFilter(SitedFilter):
    """Those that are to be billed, unless others are asked for."""

    q = django_filters.CharFilter(method="filter_words", label=_("Customer or words"))
    state = django_filters.ChoiceFilter(
        choices=[*STATES, ("all", _("All"))], method="filter_state", label=_("State"), empty_label=None
    )
    nature = django_filters.ChoiceFilter(choices=Nature.choices, label=_("Nature"), empty_label=_("All"))

    class Meta:
        model = Charge
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        return super().qs if self.data.get("state") else super().qs.open()

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        words = typed(value)
        return rows.filter(Q(labels__fr__icontains=words) | whose(fold(words)))

    def filter_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "billed":
            return rows.filter(lines__isnull=False)
        if value == "cancelled":
            return rows.filter(cancellation__isnull=False)
        return rows.open() if value == "open" else rows


class PaymentFilter(SitedFilter):
    q = django_filters.CharFilter(method="filter_words", label=_("Customer, payer or reference"))
    state = django_filters.ChoiceFilter(
        choices=[
            ("open", _("Something left")),
            ("unknown", _("Of nobody knows whom")),
            ("reversed", _("Taken back")),
        ],
        method="filter_state",
        label=_("State"),
        empty_label=_("All"),
    )
    means = django_filters.ChoiceFilter(choices=Means.choices, label=_("Means"), empty_label=_("All"))

    class Meta:
        model = Payment
        fields: list[str] = []

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        words = typed(value)
        return rows.filter(Q(reference__icontains=words) | Q(payer__icontains=words) | whose(fold(words)))

    def filter_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "open":
            return rows.standing().filter(unsettled__gt=0)
        return rows.filter(customer=None) if value == "unknown" else rows.filter(reversal__isnull=False)
