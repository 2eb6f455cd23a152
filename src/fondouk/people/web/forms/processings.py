"""One entry of the register of processings."""

from __future__ import annotations

from typing import Any

from django import forms

from fondouk.lib.fields import TypedDateField
from fondouk.people.models import Processing


class ProcessingForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial.update(self.instance.told)

    class Meta:
        model = Processing
        fields = (
            "name",
            "purpose",
            "legal_basis",
            "data",
            "recipients",
            "retention",
            "receipt",
            "declared_on",
        )
        field_classes = {"declared_on": TypedDateField}
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "data", "recipients", "retention")
        } | {"receipt": forms.TextInput(attrs={"dir": "ltr"})}
