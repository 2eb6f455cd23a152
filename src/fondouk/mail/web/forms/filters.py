"""What the outbox can be narrowed to."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.mail.notices import NOTICES
from fondouk.mail.queries import kind_label


class OutboxFilters(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Text"))
    state = forms.ChoiceField(required=False, label=_("State"), choices=[("", _("All")), *Delivery.choices])
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kinds = sorted((kind_label(code), code) for code in ["accounts", *NOTICES])
        self.fields["kind"].choices = [("", _("All")), *((code, label) for label, code in kinds)]  # type: ignore[attr-defined]

    def narrow(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        self.full_clean()
        chosen = getattr(self, "cleaned_data", {})
        if text := chosen.get("q", "").replace("\x00", ""):
            messages = messages.filter(
                Q(subject__icontains=text)
                | Q(to__icontains=text)
                | Q(text__icontains=text)
                | Q(person__name__icontains=text)
            )
        for field, column in (("state", "delivery"), ("kind", "kind"), ("person", "person")):
            if chosen.get(field):
                messages = messages.filter(**{column: chosen[field]})
        return messages

    @property
    def is_narrowing(self) -> bool:
        return any(getattr(self, "cleaned_data", {}).values())
