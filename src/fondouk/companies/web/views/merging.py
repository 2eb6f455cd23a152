"""Merging two records that are one company, and undoing it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import CannotSeparate, merge_companies, undo_merge
from fondouk.companies.models import Company, CompanyMerge
from fondouk.companies.queries import near_names
from fondouk.companies.web.forms.documents import MergeForm
from fondouk.companies.web.loading import visible_company
from fondouk.companies.web.views.records import refused_by
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "POST"])
@required("companies.merge")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.merge")
    others = Company.objects.visible_to(request.user).exclude(pk=pk).only("name", "name_ar")
    form = MergeForm(request.POST or None, choices=others)
    if request.method == "POST" and form.is_valid():
        try:
            done = merge_companies(company, form.cleaned_data["absorbed"], by=request.user.person)
        except ValidationError as error:
            refused_by(error, form)
        else:
            toast(
                request,
                _("%(absorbed)s is now part of %(kept)s.") % {"absorbed": done.absorbed, "kept": done.kept},
                undo=reverse("company_merge_undo", args=[done.pk]),
            )
            return redirect("company", pk)
    context = {
        "form": form,
        "company": company,
        "near": near_names(company.name, but=pk),
        "merges": company.merges.filter(undone_at=None).select_related("absorbed", "by"),
    }
    return render(request, "companies/company/merge.html", context)


@require_POST
@required("companies.merge")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(CompanyMerge.objects.select_related("kept", "absorbed"), pk=pk)
    if not Company.objects.visible_to(request.user).filter(pk=done.kept_id).exists():
        raise Http404
    try:
        undo_merge(done, by=request.user.person)
    except CannotSeparate:
        toast(
            request,
            _("These two can no longer be told apart: what was moved has changed since."),
            tone="danger",
        )
        return redirect("company", done.kept_id)
    toast(request, _("%(absorbed)s stands on its own again.") % {"absorbed": done.absorbed})
    return redirect("company", done.absorbed_id)
