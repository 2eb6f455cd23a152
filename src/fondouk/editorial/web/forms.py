"""Forms in three languages: the same nouns, a column for each."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.editorial.models import LANGUAGES, NewsItem, Question, Said, said
from fondouk.editorial.slots import Slot
from fondouk.lib.fields import ClockField, ParagraphsField, TypedDateField
from fondouk.lib.zones import NonexistentLocalTime, resolve
from fondouk.ui.context import NAMES

AHEAD = timedelta(days=365)
ROWS = {"body": 14, "answer": 8}


class InThreeLanguages:
    """Of a form whose fields are `noun_language`."""

    nouns: tuple[str, ...] = ()

    def columns(self) -> list[dict[str, Any]]:
        form: Any = self
        return [
            {
                "code": code,
                "name": NAMES[code],
                "fields": [form[f"{noun}_{code}"] for noun in self.nouns],
            }
            for code in LANGUAGES
        ]

    def as_read(self, noun: str) -> list[Said]:
        """What was typed as readers of each language would read it: theirs, else the first that is written."""
        form: Any = self
        typed = SimpleNamespace(**form.cleaned_data)
        return [said(typed, noun, code) for code in LANGUAGES]

    def say_languages(self) -> None:
        """Each field is typed in its own direction."""
        form: Any = self
        for noun in self.nouns:
            for code in LANGUAGES:
                attributes = form.fields[f"{noun}_{code}"].widget.attrs
                attributes |= {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}


class TextForm(InThreeLanguages, forms.Form):
    nouns = ("body",)

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"body_{code}"] = (
                ParagraphsField(
                    label=NAMES[code],
                    required=False,
                    max_length=slot.longest,
                    widget=forms.Textarea(attrs={"rows": 12}),
                )
                if slot.is_long
                else forms.CharField(
                    label=NAMES[code],
                    required=False,
                    max_length=slot.longest,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
            )
        self.say_languages()

    def bodies(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"body_{code}"] for code in LANGUAGES}


class _Written(InThreeLanguages, forms.ModelForm):  # type: ignore[type-arg]
    """Of a model with columns in three languages: the action saves, and says what the database refuses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = self.plain_labels()
        for noun in self.nouns:
            for code in LANGUAGES:
                field = self.fields[f"{noun}_{code}"]
                field.label = labels[noun]
                if isinstance(field.widget, forms.Textarea):
                    field.widget.attrs["rows"] = ROWS.get(noun, 3)
        self.say_languages()

    def plain_labels(self) -> dict[str, Any]:
        raise NotImplementedError

    def _post_clean(self) -> None:
        self.instance = forms.models.construct_instance(self, self.instance, list(self.fields))


class QuestionForm(_Written):
    nouns = ("question", "answer")

    class Meta:
        model = Question
        fields = [f"{noun}_{code}" for code in LANGUAGES for noun in ("question", "answer")]

    def plain_labels(self) -> dict[str, Any]:
        return {"question": _("Question"), "answer": _("Answer")}


class NewsForm(_Written):
    nouns = ("title", "summary", "body")

    class Meta:
        model = NewsItem
        fields = ["site", *(f"{noun}_{code}" for code in LANGUAGES for noun in ("title", "summary", "body"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].empty_label = _("The whole network")  # type: ignore[attr-defined]

    def plain_labels(self) -> dict[str, Any]:
        return {"title": _("Headline"), "summary": _("In one sentence"), "body": _("Text")}


class PublicationForm(forms.Form):
    """Now where nothing is said; else from that day and time on, by the clock of the network."""

    on = TypedDateField(label=_("Day"), required=False)
    at = ClockField(label=_("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        now, on, at = timezone.now(), cleaned.get("on"), cleaned.get("at")
        if self.errors:
            return cleaned
        if on is None:
            if at is not None:
                self.add_error("on", _("Say on which day."))
            cleaned["moment"] = now
            return cleaned
        try:
            moment = resolve(datetime.combine(on, at or datetime.min.time()), settings.TIME_ZONE)
        except NonexistentLocalTime:
            raise ValidationError({"at": _("The clock jumps over this time on that day.")}) from None
        if moment > now + AHEAD:
            self.add_error("on", _("Choose a day within a year."))
        cleaned["moment"] = moment
        return cleaned
