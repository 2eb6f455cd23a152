"""Official figures: noted with their source, corrected by another row."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.impact.actions import correct_official, note_official
from fondouk.impact.enums import Official
from fondouk.impact.models import OfficialFigure
from fondouk.impact.web.forms.official import OfficialForm
from fondouk.people.rules import required, verdict
from fondouk.ui.toasts import toast


@require_safe
@required("impact.view")
def official_list(request: HttpRequest) -> HttpResponseBase:
    standing = OfficialFigure.objects.standing().select_related("supersedes", "noted_by")
    context = {"figures": standing, "may_note": verdict(request.user, "impact.official")}
    return render(request, "impact/official/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("impact.official")
def official_new(request: HttpRequest) -> HttpResponseBase:
    form = OfficialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        figure = OfficialFigure(code=Official.ICT_TURNOVER, **form.cleaned_data)
        try:
            note_official(figure, by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("The official figure of %(year)s is noted.") % {"year": figure.year})
            return redirect("officials")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@required("impact.official")
def official_correction(request: HttpRequest, pk: int) -> HttpResponseBase:
    before = get_object_or_404(OfficialFigure, pk=pk)
    form = OfficialForm(request.POST or None, instance=before)
    if request.method == "POST" and form.is_valid():
        try:
            correct_official(before, form.cleaned_data, by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("The official figure of %(year)s is corrected.") % {"year": before.year})
            return redirect("officials")
    return _form(request, form, before)


def _form(request: HttpRequest, form: OfficialForm, before: OfficialFigure | None) -> HttpResponseBase:
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/official/form.html", {"form": form, "before": before}, status=status)
