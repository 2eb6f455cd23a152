"""The team of a company, from the console."""

from __future__ import annotations

import contextlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import add_member, change_member, end_membership
from fondouk.companies.models import Membership
from fondouk.companies.web.forms.company import MemberForm, PlaceForm
from fondouk.companies.web.loading import visible_company
from fondouk.companies.web.views.records import refused_by
from fondouk.lib.text import fold
from fondouk.people.actions import create_person
from fondouk.people.models import Person
from fondouk.people.rules import required
from fondouk.sites.queries import visible_people
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sign, unsign

SALT = "companies.team"


@require_http_methods(["GET", "POST"])
@required("companies.team")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody known by the address given is taken as that person; nobody else is."""
    company = visible_company(request, pk, "companies.team")
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            with transaction.atomic():
                person = _known(request, values["email"], values["name"]) or create_person(
                    name=values["name"], email=values["email"], phone=values["phone"], by=request.user.person
                )
                add_member(
                    company, person, role=values["role"], title=values["title"], by=request.user.person
                )
        except ValidationError as error:
            refused_by(error, form)
        else:
            if fold(person.name) == fold(values["name"]):
                toast(request, _("%(person)s is in the team.") % {"person": person})
            else:
                toast(
                    request,
                    _("%(person)s is in the team: the address you gave is theirs, “%(name)s” was not kept.")
                    % {"person": person, "name": values["name"]},
                    tone="warn",
                )
            return redirect("company_tab", pk, "team")
    context = {
        "form": form,
        "company": company,
        "title": _("Add somebody to the team"),
        "submit": _("Add"),
    }
    return render(request, "companies/company/member.html", context)


def _known(request: HttpRequest, email: str, name: str) -> Person | None:
    """Of those in sight who share a mailbox, the one of that name. An address does not tell whose it is elsewhere."""
    if not email:
        return None
    people = list(visible_people(request.user).living().for_email(email).distinct())
    return next(
        (person for person in people if fold(person.name) == fold(name)), people[0] if people else None
    )


@require_http_methods(["GET", "POST"])
@required("companies.team")
def change(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.team")
    membership = get_object_or_404(
        Membership.objects.current().select_related("person", "company"), pk=member, company=company
    )
    form = PlaceForm(request.POST or None, initial={"role": membership.role, "title": membership.title})
    if request.method == "POST" and form.is_valid():
        change_member(membership, by=request.user.person, **form.cleaned_data)
        toast(request, _("The place of %(person)s is saved.") % {"person": membership.person})
        return redirect("company_tab", pk, "team")
    context = {
        "form": form,
        "company": company,
        "membership": membership,
        "title": membership.person.name,
        "submit": _("Save"),
    }
    return render(request, "companies/company/member.html", context)


@require_POST
@required("companies.team")
def come_back(request: HttpRequest, pk: int, signed: str) -> HttpResponse:
    """Take a departure back, for some minutes."""
    company = visible_company(request, pk, "companies.team")
    left = unsign(signed, salt=SALT)
    if left["company"] != pk:
        raise Http404
    person = get_object_or_404(Person.objects.living(), pk=left["person"])
    with contextlib.suppress(ValidationError):  # pressed twice: the person is back already
        add_member(company, person, role=left["role"], title=left["title"], by=request.user.person)
    toast(request, _("%(person)s is in the team.") % {"person": person})
    return redirect("company_tab", pk, "team")


@require_POST
@required("companies.team")
def end(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.team")
    membership = get_object_or_404(Membership.objects.current(), pk=member, company=company)
    left = {
        "company": pk,
        "person": membership.person_id,
        "role": membership.role,
        "title": membership.title,
    }
    end_membership(membership, by=request.user.person)
    toast(
        request,
        _("%(person)s has left the team.") % {"person": membership.person},
        undo=reverse("company_member_return", args=[pk, sign(left, salt=SALT)]),
    )
    return redirect("company_tab", pk, "team")
