"""Official figures, as people type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.impact.enums import Official
from fondouk.impact.models import OfficialFigure
from fondouk.lib.fields import TypedAmountField, WebsiteField


class OfficialForm(forms.ModelForm):  # type: ignore[type-arg]
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    value = TypedAmountField(
        label=_("Value in dirhams"), help_text=_("The whole amount: 61 200 000 000 for 61.2 billion.")
    )
    address = WebsiteField(label=_("Address of the source"), required=False)

    class Meta:
        model = OfficialFigure
        fields = ("year", "value", "scope", "source", "address")
        widgets = {"scope": forms.Textarea(attrs={"rows": 2}), "source": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["year"].choices = [(year, str(year)) for year in range(today.year, 1999, -1)]  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["year"]
        else:
            self.instance.code = Official.ICT_TURNOVER

    def _post_clean(self) -> None:
        """What the model refuses is said by the action, beside its field: a correction is a row of its own."""
