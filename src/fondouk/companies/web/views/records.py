"""Creating and editing a company by hand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import (
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
from fondouk.companies.web.loading import visible_company
from fondouk.people.models import Person
from fondouk.people.rules import required
from fondouk.sites.models import Grant, Site
from fondouk.ui.toasts import toast


def refused_by(form: Any, error: ValidationError) -> None:
    """What the model or the database refuses, beside the field it speaks of where there is one."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            target = {"key": "name"}.get(name, name)
            form.add_error(target if target in form.fields else None, errors)
    else:
        form.add_error(None, error)


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def create(request: HttpRequest) -> HttpResponse:
    data = request.POST or None
    sites = Site.objects.visible_to(request.user)
    form = CompanyForm(data)
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
            refused_by(identity if "ICE" in str(error) else form, error)
        else:
            toast(request, _("%(company)s has been created.") % {"company": company})
            return redirect("company", company.pk)
    context = {
        "form": form,
        "identity": identity,
        "arrival": arrival,
        "near": near_names(form["name"].value() or "") if form.is_bound else [],
    }
    return render(request, "companies/company/new.html", context)


def _assign(request: HttpRequest, company: Company, form: CompanyForm) -> None:
    by = request.user.person
    assign_sector(company, form.cleaned_data["sector"], by=by)
    assign_stage(company, form.cleaned_data["stage"], by=by)
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
        "steward": steward.person_id if steward else None,
    }
    form = CompanyForm(request.POST or None, instance=company, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = form.save(commit=False)
                if form.changed_columns:
                    change_company(changed, fields=form.changed_columns, by=request.user.person)
                _assign(request, changed, form)
        except ValidationError as error:
            refused_by(form, error)
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
            refused_by(form, error)
        except IntegrityError:
            form.add_error("ice", _("Another company has this ICE."))
        else:
            toast(request, _("Legal identity saved."))
            return redirect("company", pk)
    context = {"form": form, "company": company, "past": company.identities.order_by("-period")}
    return render(request, "companies/company/identity.html", context)


@require_POST
@required("companies.edit")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the selected companies to one steward; those that this person may not edit are left alone, and counted."""
    steward = (
        Person.objects.living()
        .filter(pk__in=Grant.objects.values("person"), pk=request.POST.get("steward") or 0)
        .first()
    )
    selected = [pk for pk in request.POST.getlist("selected") if pk.isdigit()]
    done = 0
    if steward is not None:
        with transaction.atomic():
            for company in Company.objects.visible_to(request.user).filter(pk__in=selected):
                if request.user.has_perm("companies.edit", company):
                    assign_steward(company, steward, by=request.user.person)
                    done += 1
        toast(
            request, _("%(count)d companies are followed by %(person)s.") % {"count": done, "person": steward}
        )
    else:
        toast(request, _("Choose who follows these companies."), tone="danger")
    back = request.POST.get("back", "")
    is_here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_here else "companies")
