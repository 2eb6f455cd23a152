"""Steps of an opening: written, done, removed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.queries import possible_stewards
from fondouk.openings.actions import (
    add_step,
    change_step,
    mark_done,
    mark_undone,
    remove_step,
    step_again,
    step_kept,
)
from fondouk.openings.models import OpeningStep
from fondouk.openings.web.forms import StepForm
from fondouk.openings.web.loading import opening_at
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import CHANGED, sign, still, unsign

UNDO = "openings.step"
WRITTEN = ("title", "due_on", "owner")


@require_http_methods(["GET", "HEAD", "POST"])
@required("openings.edit")
def write(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """The undo of a change, signed, writes what stood before."""
    opening = opening_at(request, code)
    step = get_object_or_404(opening.steps, pk=pk) if pk else OpeningStep(opening=opening)
    before = {"pk": step.pk, "step": step_kept(step)}
    if request.method == "POST" and pk and (signed := request.GET.get("signed")):
        kept = unsign(signed, salt=UNDO)
        if kept.get("pk") != pk:
            raise Http404
        if not still(step_kept(step), kept["after"]):
            toast(request, CHANGED, tone="warn")
            return redirect("opening", code)
        again = step_again(opening, kept["step"])
        for name in WRITTEN:
            setattr(step, name, getattr(again, name))
        change_step(step, fields=WRITTEN, by=request.user.person)
        toast(request, _("%(step)s: as it was before.") % {"step": step})
        return redirect("opening", code)
    form = StepForm(request.POST or None, instance=step, owners=possible_stewards(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            if pk:
                change_step(form.instance, fields=form.changed_data, by=request.user.person)
                kept = {**before, "after": step_kept(form.instance)}
                undo = f"{reverse('opening_step', args=[code, pk])}?signed={sign(kept, salt=UNDO)}"
            else:
                added = add_step(form.instance, by=request.user.person)
                undo = reverse("opening_step_removal", args=[code, added.pk])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("Saved."), undo=undo)
            return redirect("opening", code)
    context = {"site": opening.site, "form": form, "step": step if pk else None}
    status = 422 if request.method == "POST" else 200
    return render(request, "openings/opening/step.html", context, status=status)


@require_POST
@required("openings.edit")
def doing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Done today; `off`: not done after all."""
    opening = opening_at(request, code)
    step = get_object_or_404(opening.steps.select_related("opening__site"), pk=pk)
    here = reverse("opening_step_doing", args=[code, pk])
    if request.POST.get("off", request.GET.get("off")):
        mark_undone(step, by=request.user.person)
        toast(request, _("%(step)s: not done after all.") % {"step": step})
    else:
        is_first = mark_done(step, timezone.localdate(), by=request.user.person)
        toast(request, _("%(step)s: done.") % {"step": step}, undo=f"{here}?off=1" if is_first else "")
    return redirect(f"{reverse('opening', args=[code])}#steps")


@require_POST
@required("openings.edit")
def removal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Its undo, signed, writes it anew."""
    opening = opening_at(request, code)
    if signed := request.GET.get("signed"):
        kept = unsign(signed, salt=UNDO)
        if kept.get("opening") != opening.pk:
            raise Http404
        try:
            add_step(step_again(opening, kept["step"]), by=request.user.person)
        except ValidationError:
            toast(request, _("This step is there again already."), tone="warn")
        return redirect("opening", code)
    step = get_object_or_404(opening.steps.select_related("opening__site"), pk=pk)
    kept = {"opening": opening.pk, "step": step_kept(step)}
    name = str(step)
    remove_step(step, by=request.user.person)
    undo = f"{reverse('opening_step_removal', args=[code, pk])}?signed={sign(kept, salt=UNDO)}"
    toast(request, _("%(step)s: removed.") % {"step": name}, undo=undo)
    return redirect("opening", code)
