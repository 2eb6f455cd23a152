"""How long each kind of trace is kept: a number of months for each rule, empty for without limit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.people.actions.retention import Standing

LONGEST = 1200


class RetentionForm(forms.Form):
    def __init__(self, *args: Any, standing: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        for one in standing:
            self.fields[one.rule.code] = forms.IntegerField(
                label=one.rule.label,
                required=False,
                min_value=1,
                max_value=LONGEST,
                initial=one.months,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "min_value": _("One month at least, or empty to keep without limit."),
                    "invalid": _("A whole number of months, or empty to keep without limit."),
                },
            )

    @property
    def rows(self) -> list[tuple[Standing, forms.BoundField]]:
        return [(one, self[one.rule.code]) for one in self.standing]

    @property
    def periods(self) -> dict[str, int | None]:
        return dict(self.cleaned_data)
