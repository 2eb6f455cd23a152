"""The team of a company, from the console."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import add_member, end_membership
from fondouk.companies.models import Membership
from fondouk.companies.web.forms.company import MemberForm
from fondouk.companies.web.loading import visible_company
from fondouk.companies.web.views.records import refused_by
from fondouk.lib.text import fold
from fondouk.people.actions import create_person
from fondouk.people.models import Person
from fondouk.people.rules import required
from fondouk.sites.queries import visible_people
from fondouk.ui.toasts import toast


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
            toast(request, _("%(person)s is in the team.") % {"person": person})
            return redirect("company_tab", pk, "team")
    return render(request, "companies/company/member.html", {"form": form, "company": company})


def _known(request: HttpRequest, email: str, name: str) -> Person | None:
    """Of those in sight who share a mailbox, the one of that name. An address does not tell whose it is elsewhere."""
    if not email:
        return None
    people = list(visible_people(request.user).living().for_email(email).distinct())
    return next(
        (person for person in people if fold(person.name) == fold(name)), people[0] if people else None
    )


@require_POST
@required("companies.team")
def end(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.team")
    membership = get_object_or_404(Membership.objects.current(), pk=member, company=company)
    end_membership(membership, by=request.user.person)
    toast(request, _("%(person)s has left the team.") % {"person": membership.person})
    return redirect("company_tab", pk, "team")
