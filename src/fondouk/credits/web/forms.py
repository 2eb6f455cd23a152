"""Forms of credits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.credits.models import Lot
from fondouk.lib.fields import TypedAmountField, TypedDateField
from fondouk.lib.money import UnreadableAmount, parse_amount
from fondouk.sites.models import Site
from fondouk.spaces.enums import OFFICES, SpaceKind

KINDS = [(kind.value, kind.label) for kind in SpaceKind if kind not in OFFICES]
MOST = Decimal(1_000_000)


class GrantForm(forms.Form):
    quantity = TypedAmountField(
        label=_("Credits"), maximum=MOST, help_text=_("One is worth one dirham of a price before tax.")
    )
    reason = forms.CharField(label=_("What for"), max_length=200)
    since = TypedDateField(label=_("Good from"))
    until = TypedDateField(
        label=_("Until"), required=False, help_text=_("The last day. Empty: they never expire.")
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), required=False, empty_label=_("All sites")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of spaces"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.initial.setdefault("since", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("They expire before they begin."))
        return cleaned

    def lot(self, company: Company) -> Lot:
        said = self.cleaned_data
        until = said["until"] + timedelta(days=1) if said["until"] else None
        return Lot(
            company=company,
            site=said["site"],
            kinds=said["kinds"],
            period=DateRange(said["since"], until),
            reason=said["reason"].strip(),
        )


class SignedAmountField(forms.CharField):
    """`50`, `-12,5`: by how much."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}), **options
        )

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().replace("\u2212", "-")
        if not text:
            return None
        sign = -1 if text.startswith("-") else 1
        try:
            amount = parse_amount(text.lstrip("+-"))
        except UnreadableAmount:
            raise ValidationError(_("Write by how many: 50, or -12,50.")) from None
        if amount > MOST:
            raise ValidationError(_("This is too large to be true."))
        return sign * round(amount, 2)


class AdjustForm(forms.Form):
    quantity = SignedAmountField(
        label=_("By how many"), help_text=_("50 for more; -50 for fewer, never fewer than are left.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
