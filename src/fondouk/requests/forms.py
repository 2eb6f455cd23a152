"""Forms of requests, for the staff's screens and the residents'."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import ParagraphsField, TypedAmountField
from fondouk.requests.enums import Kind, State
from fondouk.requests.models import Category, Request
from fondouk.requests.queries import offered


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once: a list, empty where there is none. What each of them is, `store_file` judges."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


def category_choices() -> list[tuple[Any, list[tuple[int, str]]]]:
    """Faults first, then services, each by its name in the language of the reader."""
    kinds: dict[str, list[tuple[int, str]]] = {kind: [] for kind in Kind.values}
    for one in offered():
        kinds[one.kind].append((one.pk, one.label))
    return [
        (Kind(kind).label, sorted(some, key=lambda pair: pair[1])) for kind, some in kinds.items() if some
    ]


class RequestForm(forms.ModelForm):
    """What somebody reports or asks for. `spaces` are those it may be about, `sites` where it may be."""

    text = ParagraphsField(
        label=_("In detail"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    photos = FilesField(label=_("Photos"), required=False, help_text=_("Pictures or PDF, six at most."))

    class Meta:
        model = Request
        fields = ("category", "site", "resource", "title", "text", "is_blocking")

    field_order: Any = ("category", "site", "resource", "title", "text", "is_blocking", "photos")

    def __init__(self, *args: Any, sites: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        site: Any = self.fields["site"]
        resource: Any = self.fields["resource"]
        category.queryset = offered()
        category.choices = [("", _("Choose")), *category_choices()]
        site.queryset = sites
        site.empty_label = None
        if len(sites) == 1:
            site.widget = forms.HiddenInput()
            site.initial = sites[0]
        resource.queryset = spaces.select_related("site").defer("vector", "site__vector")
        resource.empty_label = _("None in particular")
        several = len(sites) > 1
        resource.label_from_instance = lambda one: f"{one.site} · {one.code}" if several else one.code
        self.fields["photos"].widget.attrs["accept"] = "image/*,application/pdf"

    def made(self) -> Request:
        """The request, not written yet. A space says on which site it is."""
        request: Request = self.save(commit=False)
        if request.resource is not None:
            request.site = request.resource.site
        return request


class StaffRequestForm(RequestForm):
    """On behalf of a company."""

    field_order: Any = ("company", *RequestForm.field_order)

    class Meta(RequestForm.Meta):
        fields = ("company", *RequestForm.Meta.fields)  # type: ignore[assignment]

    def __init__(self, *args: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company: Any = self.fields["company"]
        company.queryset = companies
        company.empty_label = _("None: for the park")
        company.label_from_instance = lambda one: one.label


class AnswerForm(forms.Form):
    """What is said, and how far it comes with it. `steps` are the states it may be taken to."""

    text = ParagraphsField(
        label=_("Answer"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    state = forms.ChoiceField(label=_("And then"), required=False)
    is_internal = forms.BooleanField(label=_("For the staff only"), required=False)
    sequence = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, steps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            State.UNDERWAY: _("It is under way"),
            State.WAITING: _("It awaits the resident’s answer"),
            State.RESOLVED: _("It is resolved"),
        }
        state: Any = self.fields["state"]
        state.choices = [("", _("It stays as it is")), *[(step.value, names[step]) for step in steps]]
        if not steps:
            del self.fields["state"]

    def chosen(self) -> State | None:
        return State(self.cleaned_data["state"]) if self.cleaned_data.get("state") else None


class ReplyForm(forms.Form):
    text = ParagraphsField(label=_("Your reply"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How satisfied are you?"),
        coerce=int,
        choices=[(5, _("5, very")), (4, "4"), (3, "3"), (2, "2"), (1, _("1, not at all"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("A word about it"), max_length=500, required=False)


class CategoryForm(forms.ModelForm):
    """Hours of opening, as people say them; the record keeps minutes."""

    answer_hours = TypedAmountField(
        label=_("Answered within"), maximum=Decimal(1_000), help_text=_("Opening hours of the site.")
    )
    resolve_hours = TypedAmountField(
        label=_("Resolved within"),
        maximum=Decimal(10_000),
        help_text=_("Opening hours of the site. Half of them for what stops people working."),
    )

    class Meta:
        model = Category
        fields = ("kind", "name_fr", "name_ar", "name_en", "is_active")

    field_order = ("kind", "name_fr", "name_ar", "name_en", "answer_hours", "resolve_hours", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answer_hours", Decimal(self.instance.answer_minutes) / 60)
        self.initial.setdefault("resolve_hours", Decimal(self.instance.resolve_minutes) / 60)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("answer", "resolve"):
            if said.get(f"{name}_hours") is not None:
                setattr(self.instance, f"{name}_minutes", round(said[f"{name}_hours"] * 60))
        return said
