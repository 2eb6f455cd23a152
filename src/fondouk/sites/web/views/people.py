"""The people of the network: list, page, entering and correcting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from fondouk.audit.queries import timeline
from fondouk.people.actions import change_person, create_person
from fondouk.people.models import Account
from fondouk.people.rules import required, verdict
from fondouk.sites.actions import invite_person
from fondouk.sites.letters import said_of_an_invitation
from fondouk.sites.queries import is_last_administrator
from fondouk.sites.web.forms.people import InvitationForm, NewPersonForm, PeopleFilter, PersonForm, RoleForm
from fondouk.sites.web.loading import me, person_at, person_to_answer_for
from fondouk.sites.web.tables import HEADERS, PeopleTable, people_rows
from fondouk.ui.downloads import sheet_response
from fondouk.ui.registry import registry
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _table(request: HttpRequest) -> tuple[PeopleFilter, PeopleTable]:
    chosen = PeopleFilter(request.GET, account=request.user)
    table = PeopleTable(chosen.qs)
    RequestConfig(request, paginate=False).configure(table)
    return chosen, table


@require_safe
@required("people.view")
def people_list(request: HttpRequest) -> HttpResponse:
    chosen, table = _table(request)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {
        "filter": chosen,
        "table": table,
        "count": table.paginator.count,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "may_edit": verdict(request.user, "people.edit"),
    }
    return render(request, "sites/people/list.html", context)


@require_safe
@required("people.view")
def people_file(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what the list shows, all its pages, in its order."""
    _chosen, table = _table(request)
    headers = [str(header) for header in HEADERS]
    rows = people_rows(row.record for row in table.rows)
    return sheet_response(form, _("people"), headers, rows)


@require_safe
@required("people.view")
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_person(request, pk)


def render_person(request: HttpRequest, pk: int, **given: Any) -> HttpResponse:
    """The page of a person; `given` are bound forms with what is wrong in them."""
    person = person_at(request, pk)
    today = timezone.localdate()
    grants = list(person.grants.select_related("site", "granted_by").order_by("-period", "role"))
    account = Account.objects.filter(person=person).first()
    context = {
        "person": person,
        "today": today,
        "roles": [grant for grant in grants if today in grant.period],
        "past_roles": [grant for grant in grants if grant.period.upper and grant.period.upper <= today],
        "account": account,
        "invitation": person.invitations.open().first(),
        "emails": list(person.emails.all()),
        "is_last": is_last_administrator(person),
        "lines": timeline(person, limit=20),
        "main_panels": registry.rendered_panels(request, "people.person:main", person),
        "side_panels": registry.rendered_panels(request, "people.person:side", person),
        "may_edit": verdict(request.user, "people.answer_for", person),
        "may_grant": verdict(request.user, "people.grant", person),
        "may_erase": verdict(request.user, "people.privacy"),
        "role_form": RoleForm(person, account=request.user),
        "invitation_form": InvitationForm(person),
        **given,
    }
    return render(request, "sites/people/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.edit")
def person_new(request: HttpRequest) -> HttpResponseBase:
    form = NewPersonForm(request.POST or None, initial={"invite": "invite" in request.GET})
    if request.method == "POST" and form.is_valid():
        person = create_person(**form.values, by=me(request))
        if form.cleaned_data["invite"]:
            invite_person(person, email=form.cleaned_data["email"], by=me(request))
            toast(
                request, f"{_('%(name)s is added.') % {'name': person.name}} {said_of_an_invitation(person)}"
            )
        else:
            toast(request, _("%(name)s is added.") % {"name": person.name})
        return redirect("person", person.pk)
    return render(request, "sites/people/form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.edit")
def person_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_person(person, by=me(request), **form.values)
        toast(request, _("The details of %(name)s are saved.") % {"name": form.cleaned_data["name"]})
        return redirect("person", pk)
    return render(request, "sites/people/form.html", {"form": form, "person": person})
