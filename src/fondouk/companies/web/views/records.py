"""Creating and editing a company by hand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.actions import (
    assign_kinds,
    assign_sector,
    assign_stage,
    assign_steward,
    change_company,
    create_company,
    open_residency,
    set_identity,
)
from fondouk.companies.models import Company
from fondouk.companies.queries import near_names
from fondouk.companies.web.forms.company import ArrivalForm, CompanyForm, DatedIdentityForm, IdentityForm
from fondouk.companies.web.loading import editable_sites, visible_company
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


def refused_by(error: ValidationError, *forms: Any) -> None:
    """What the model or the database refuses, beside the field it speaks of in the first of `forms` that has it."""
    if not hasattr(error, "error_dict"):
        forms[0].add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form = next((form for form in forms if name in form.fields), None)
        if form is not None:
            form.add_error(name, errors)
        else:
            forms[0].add_error(None, errors)


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def create(request: HttpRequest) -> HttpResponse:
    data = request.POST or None
    sites = editable_sites(request.user)
    form = CompanyForm(data, account=request.user)
    identity = IdentityForm(data, prefix="identity")
    arrival = ArrivalForm(data, prefix="arrival", sites=sites)
    if request.method == "POST" and all([form.is_valid(), identity.is_valid(), arrival.is_valid()]):
        try:
            with transaction.atomic():
                company = create_company(
                    form.save(commit=False), identity=identity.cleaned_data, by=request.user.person
                )
                _assign(request, company, form)
                if site := arrival.cleaned_data["site"]:
                    open_residency(
                        company,
                        site=site,
                        mode=arrival.cleaned_data["mode"] or "office",
                        first=arrival.cleaned_data["first"] or timezone.localdate(),
                        by=request.user.person,
                    )
        except ValidationError as error:
            refused_by(error, form, identity, arrival)
        else:
            toast(request, _("%(company)s has been created.") % {"company": company})
            return redirect("company", company.pk)
    visible = Company.objects.visible_to(request.user)
    context = {
        "form": form,
        "identity": identity,
        "arrival": arrival,
        "near": near_names(form["name"].value() or "", among=visible) if form.errors else [],
    }
    return render(request, "companies/company/new.html", context)


def _assign(request: HttpRequest, company: Company, form: CompanyForm) -> None:
    by = request.user.person
    assign_sector(company, form.cleaned_data["sector"], by=by)
    assign_stage(company, form.cleaned_data["stage"], by=by)
    assign_kinds(company, form.cleaned_data["kinds"], by=by)
    current = company.stewardships.filter(period__contains=timezone.localdate()).first()
    wanted = form.cleaned_data["steward"]
    if (current.person_id if current else None) != (wanted.pk if wanted else None):
        assign_steward(company, wanted, by=by)


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    day = timezone.localdate()
    sector = company.sector_assignments.on(day).first()
    stage = company.stage_assignments.on(day).first()
    steward = company.stewardships.filter(period__contains=day).first()
    initial = {
        "sector": sector.sector_id if sector else None,
        "stage": stage.stage if stage else "",
        "kinds": sorted(company.kinds.filter(period__contains=day).values_list("kind", flat=True)),
        "steward": steward.person_id if steward else None,
    }
    form = CompanyForm(request.POST or None, instance=company, initial=initial, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = form.save(commit=False)
                if form.changed_columns:
                    change_company(changed, fields=form.changed_columns, by=request.user.person)
                _assign(request, changed, form)
        except ValidationError as error:
            refused_by(error, form)
        else:
            toast(request, _("Changes saved."))
            return redirect("company", pk)
    return render(
        request, "companies/company/edit.html", {"form": form, "company": Company.objects.get(pk=pk)}
    )


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    current = company.identities.on(timezone.localdate()).first()
    fields = list(IdentityForm.base_fields)
    form = DatedIdentityForm(
        request.POST or None, initial={name: getattr(current, name) for name in fields} if current else {}
    )
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data.pop("since")
        try:
            set_identity(company, form.cleaned_data, since=since, by=request.user.person)
        except ValidationError as error:
            refused_by(error, form)
        except IntegrityError:
            form.add_error("ice", _("Another company has this ICE."))
        else:
            toast(request, _("Legal identity saved."))
            return redirect("company", pk)
    context = {"form": form, "company": company, "past": company.identities.order_by("-period")}
    return render(request, "companies/company/identity.html", context)
