"""The register of processings of personal data (law 09-08)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.people.actions import add_usual_processings, save_processing
from fondouk.people.models import Processing
from fondouk.people.rules import required
from fondouk.people.web.forms.processings import ProcessingForm
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

COLUMNS = ("name", "purpose", "legal_basis", "data", "recipients", "retention", "receipt", "declared_on")


@require_safe
@required("people.privacy")
def processing_list(request: HttpRequest) -> HttpResponse:
    return render(request, "people/processings/list.html", {"processings": Processing.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.privacy")
def processing_form(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    processing = get_object_or_404(Processing, pk=pk) if pk else None
    form = ProcessingForm(request.POST or None, instance=processing)
    if request.method == "POST" and form.is_valid():
        saved = save_processing(form.save(commit=False), by=request.user.person)  # type: ignore[union-attr]
        toast(request, _("“%(name)s” is in the register.") % {"name": saved})
        return redirect("processings")
    return render(request, "people/processings/form.html", {"form": form, "processing": processing})


@require_POST
@required("people.privacy")
def usual_processings(request: HttpRequest) -> HttpResponseBase:
    added = add_usual_processings(by=request.user.person)  # type: ignore[union-attr]
    if added:
        toast(request, _("The usual processings are in the register: read and correct them."))
    return redirect("processings")


@require_safe
@required("people.privacy")
def processing_file(request: HttpRequest) -> HttpResponse:
    headers = [str(Processing._meta.get_field(name).verbose_name) for name in COLUMNS]
    rows = [
        [told.get(name, getattr(processing, name)) for name in COLUMNS]
        for processing in Processing.objects.all()
        for told in ({**processing.told, "legal_basis": processing.get_legal_basis_display()},)
    ]
    return sheet_response("csv", _("processings"), headers, rows)
