"""Form fields that read what people type: dates, amounts, counts, identifiers, phones, addresses."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.emails import BrokenEmail, parse_email
from fondouk.lib.identifiers import BrokenIdentifier, parse_digits, parse_ice
from fondouk.lib.money import UnreadableAmount, parse_amount
from fondouk.lib.phones import UnreadablePhone, parse_phone
from fondouk.lib.text import ascii_digits

CLOCK = re.compile(r"(\d{1,2}?)\s*[:hH.,]?\s*(\d{2})?")


class ParagraphsField(forms.CharField):
    """A text of several lines. A browser sends a line's end as two characters: it counts as one, as the browser counts.

    The box takes more than `max_length`, so that a long text is refused whole rather than cut without a word.
    """

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class TypedDateField(forms.CharField):
    """`3/11/2026` is 3 November, as are `2026-11-03` and `3 nov. 2026`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        try:
            return parse_date(value)
        except UnreadableDate:
            raise ValidationError(
                _("This is not a date. Write it as day/month/year, for example 31/12/2026."), code="date"
            ) from None


class ClockField(forms.CharField):
    """A reading of the clock, as people write it: 8:30, 8h30, 08 h 30, 0830, 17. Midnight at the end of a day is 23:59."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "w-auto",
                    "size": "5",
                    "inputmode": "numeric",
                    "placeholder": "08:30",
                    "dir": "ltr",
                    "autocomplete": "off",
                }
            ),
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        found = CLOCK.fullmatch(ascii_digits(str(value)).strip())
        try:
            if found is None:
                raise ValueError(value)
            return time(int(found[1]), int(found[2] or 0))
        except ValueError as error:
            raise ValidationError(_("This is not a time. Write it like 8:30.")) from error


class TypedAmountField(forms.CharField):
    """`1 200,50` and `3 560,00 DH`. Never negative; not zero either where it `is_positive`."""

    def __init__(
        self,
        *,
        places: int = 2,
        maximum: Decimal = Decimal(10) ** 12,
        is_positive: bool = False,
        **options: Any,
    ) -> None:
        self.is_positive = is_positive
        self.places = places
        self.maximum = maximum
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        whole = value == value.to_integral_value()
        return f"{value:,.{0 if whole else self.places}f}".replace(",", "\u202f").replace(".", ",")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        try:
            amount = parse_amount(value)
        except UnreadableAmount:
            raise ValidationError(
                _("This is not a number. Write digits only, for example 1 200,50."), code="number"
            ) from None
        if self.is_positive and amount <= 0:
            raise ValidationError(_("Write more than zero."), code="negative")
        if amount < 0:
            raise ValidationError(_("Write zero or more."), code="negative")
        if amount > self.maximum:
            raise ValidationError(_("This is too large to be true."), code="large")
        return round(amount, self.places)


class TypedCountField(TypedAmountField):
    """A number of people, places or things."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=0, maximum=Decimal(1_000_000), **options)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            exact = parse_amount(value)
        except UnreadableAmount:
            raise ValidationError(_("Write a whole number."), code="whole") from None
        if exact != exact.to_integral_value():
            raise ValidationError(_("Write a whole number."), code="whole")
        return super().to_python(value)


class IceField(forms.CharField):
    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            return parse_ice(value)
        except BrokenIdentifier as broken:
            sentence = (
                _("The check digits of this ICE are wrong. Copy it again from the certificate.")
                if broken.reason == "check"
                else _("An ICE has 15 digits.")
            )
            raise ValidationError(sentence, code="ice") from None


class DigitsField(forms.CharField):
    """IF, RC, CNSS, TP: digits without check digit."""

    def __init__(self, *, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(max_length=20, **options)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            return parse_digits(self.kind, value)
        except BrokenIdentifier:
            raise ValidationError(_("Write digits only."), code="digits") from None


class PhoneField(forms.CharField):
    """Kept in the way the country writes it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"})
        )
        super().__init__(max_length=40, **options)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            phone = parse_phone(value)
        except UnreadablePhone:
            phone = None
        if phone is None or not phone.plausible:
            raise ValidationError(
                _("This does not look like a phone number, for example 05 22 50 12 34."), code="phone"
            )
        return phone.display


class WebsiteField(forms.URLField):
    """The address of a website, with or without its scheme."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "dir": "ltr"})
        )
        options.setdefault("max_length", 200)
        super().__init__(assume_scheme="https", **options)
        invalid = _("Write the address of a website, like www.company.ma.")
        self.error_messages["invalid"] = invalid
        self.validators = [
            URLValidator(schemes=["http", "https"], message=invalid) if isinstance(one, URLValidator) else one
            for one in self.validators
        ]


class EmailAddressField(forms.CharField):
    """Accepts international domains; the domain is kept in lower case."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))
        super().__init__(max_length=254, **options)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            return parse_email(value)
        except BrokenEmail:
            raise ValidationError(_("Write an address like name@company.ma."), code="email") from None
