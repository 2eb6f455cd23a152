"""What the list of jobs can be narrowed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.jobs.enums import State
from fondouk.jobs.kinds import KINDS
from fondouk.jobs.models.job import JobQuerySet


class JobFilters(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name"))
    state = forms.ChoiceField(required=False, label=_("State"), choices=[("", _("All")), *State.choices])
    kind = forms.ChoiceField(required=False, label=_("Work"))

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kinds = sorted((str(kind.label), kind.code) for kind in KINDS.values())
        self.fields["kind"].choices = [("", _("All")), *((code, label) for label, code in kinds)]  # type: ignore[attr-defined]

    def narrow(self, jobs: JobQuerySet) -> JobQuerySet:
        """What cannot be understood narrows nothing: an address that somebody mistyped still shows a list."""
        self.full_clean()
        chosen = getattr(self, "cleaned_data", {})
        if chosen.get("q"):
            jobs = jobs.filter(label__icontains=chosen["q"].replace("\x00", ""))
        if chosen.get("state"):
            jobs = jobs.in_state(chosen["state"])
        if chosen.get("kind"):
            jobs = jobs.filter(kind=chosen["kind"])
        return jobs

    @property
    def is_narrowing(self) -> bool:
        return any(getattr(self, "cleaned_data", {}).values())
