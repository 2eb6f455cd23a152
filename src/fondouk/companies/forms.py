"""Forms that several shells show: staff and members declare the same figures."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.companies.actions.figures import FigureRefused, refuse_parts
from fondouk.companies.enums import MONEY_INDICATORS, PARTS_OF, Indicator
from fondouk.lib import formats
from fondouk.lib.fields import TypedAmountField, TypedCountField

EXCEEDS = {
    Indicator.WOMEN: _("There cannot be more women than people."),
    Indicator.UNDER_35: _("There cannot be more people under 35 than people."),
    Indicator.EXPORTS: _("Exports cannot exceed the turnover."),
}
ALONE = {
    Indicator.WOMEN: _("Say as well how many people there are in all."),
    Indicator.UNDER_35: _("Say as well how many people there are in all."),
    Indicator.EXPORTS: _("Say the turnover as well: exports are a part of it."),
}
SURE = "sure"
TIMES = 4
LIKELY = {
    Indicator.HEADCOUNT: (Decimal(500), Decimal(25)),
    Indicator.TURNOVER: (Decimal(500_000_000), Decimal(2_000_000)),
    Indicator.EXPORTS: (Decimal(500_000_000), Decimal(2_000_000)),
    Indicator.FUNDS_RAISED: (Decimal(500_000_000), Decimal(500_000_000)),
}
"""Nothing known of the year before: the most that is taken without a question. Known: a change beyond this one, and by more
than `TIMES`, is asked about."""
HELP = {
    Indicator.HEADCOUNT: _("On the last day of the year."),
    Indicator.EXPORTS: _("The part of the turnover made abroad."),
    Indicator.FUNDS_RAISED: _("Received during the year: capital and grants."),
}


class FiguresForm(forms.Form):
    """A year's figures, amounts in dirhams, as people write them.

    An empty field says nothing: it takes no figure back. `known` are the figures that stand, `needed` those that may not
    be left empty, `before` those of the year before: what is far from them is asked about once, and taken when it is meant.
    """

    def __init__(
        self,
        *args: Any,
        known: dict[str, Decimal],
        before: dict[str, Decimal],
        needed: Collection[Indicator] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.before = known, before
        for indicator in Indicator:
            kind = TypedAmountField if indicator in MONEY_INDICATORS else TypedCountField
            self.fields[indicator.value] = kind(
                label=indicator.label,
                required=indicator in needed,
                help_text=HELP.get(indicator, ""),
                initial=known.get(indicator.value),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {name: value for name, value in cleaned.items() if value is not None}
        unread = set(self.errors)
        for wrong in refuse_parts(self.known, said):
            # A whole that could not be read is told beside its own field, and nothing is missing.
            if not (wrong.is_alone and PARTS_OF[wrong.indicator] in unread):
                self.refuse(wrong)
        if not self.errors:
            self._ask_about_the_unlikely(said)
        return cleaned

    def _ask_about_the_unlikely(self, said: dict[str, Any]) -> None:
        unlikely = [name for name, value in said.items() if self._is_unlikely(name, value)]
        if not unlikely:
            return
        self.fields[SURE] = forms.BooleanField(label=_("These figures are right"), required=False)
        if self.data.get(self.add_prefix(SURE)):
            return
        for name in unlikely:
            known = self.before.get(name)
            if known is None:
                self.add_error(name, _("That is a great deal. Is it right?"))
            else:
                told = {"known": formats.format_number(known, (get_language() or "fr")[:2])}
                self.add_error(name, _("The year before it was %(known)s. Is this right?") % told)

    def _is_unlikely(self, name: str, value: Decimal) -> bool:
        if self.known.get(name) == value or name not in LIKELY:
            return False
        most, change = LIKELY[Indicator(name)]
        known = self.before.get(name)
        if known is None:
            return value > most
        return abs(value - known) > change and not known / TIMES <= value <= known * TIMES

    @property
    def question(self) -> forms.BoundField | None:
        """Whether what is far from the year before is meant: asked where there is any."""
        return self[SURE] if SURE in self.fields else None

    def refuse(self, wrong: FigureRefused) -> None:
        """Say it beside the field: what `declare_figures` refuses, this refuses in the same words."""
        self.add_error(wrong.indicator.value, (ALONE if wrong.is_alone else EXCEEDS)[wrong.indicator])

    @property
    def people(self) -> list[forms.BoundField]:
        return [self[indicator.value] for indicator in Indicator if indicator not in MONEY_INDICATORS]

    @property
    def amounts(self) -> list[forms.BoundField]:
        return [self[indicator.value] for indicator in Indicator if indicator in MONEY_INDICATORS]

    @property
    def values(self) -> dict[str, Decimal]:
        return {
            name: value for name, value in self.cleaned_data.items() if value is not None and name != SURE
        }
