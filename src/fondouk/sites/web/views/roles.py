"""Roles: what each may do, who holds it; giving and ending."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.people.rules import required, verdict
from fondouk.sites.actions import LastAdministrator, end_role, give_role
from fondouk.sites.enums import ROLE_DESCRIPTIONS, Role
from fondouk.sites.models import Grant
from fondouk.sites.queries import holders, visible_people
from fondouk.sites.web.forms.people import RoleForm
from fondouk.sites.web.loading import me, person_to_answer_for
from fondouk.sites.web.views.people import render_person
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent


@require_safe
@required("people.view")
def role_list(request: HttpRequest) -> HttpResponse:
    held = holders(timezone.localdate())
    seen = set(visible_people(request.user).filter(grants__isnull=False).values_list("pk", flat=True))
    roles = [
        {
            "role": role,
            "text": ROLE_DESCRIPTIONS[role],
            "grants": [grant for grant in held[role] if grant.person_id in seen],
        }
        for role in Role
    ]
    return render(
        request,
        "sites/people/roles.html",
        {"roles": roles, "may_grant": verdict(request.user, "people.grant")},
    )


@require_POST
@required("people.grant")
def person_roles(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a role. The undo of an ended one posts here too, with the role in the address."""
    person = person_to_answer_for(request, pk, "people.grant")
    given = sent(request, "role")
    form = RoleForm(person, given, account=request.user)
    if not form.is_valid():
        return render_person(request, pk, role_form=form)
    data = form.cleaned_data
    try:
        grant = give_role(person, role=data["role"], site=data["site"], until=data["until"], by=me(request))
    except (ValidationError, IntegrityError):
        form.add_error(None, _("They have this role there already."))
        return render_person(request, pk, role_form=form)
    toast(
        request,
        _("%(name)s now has the role “%(role)s”.") % {"name": person.name, "role": grant.get_role_display()},
        undo=reverse("role_ending", args=[pk, grant.pk]),
    )
    return redirect("person", pk)


@require_POST
@required("people.grant")
def role_ending(request: HttpRequest, pk: int, grant: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk, "people.grant")
    held = get_object_or_404(Grant.objects.on(timezone.localdate()), pk=grant, person=person)
    again = {"role": held.role, "site": held.site_id or ""}
    if held.period.upper:
        again["until"] = f"{held.period.upper - timedelta(days=1):%d/%m/%Y}"
    try:
        end_role(held, by=me(request))
    except LastAdministrator:
        toast(
            request,
            _("%(name)s is the last administrator: give the role to somebody else first.")
            % {"name": person.name},
            tone="danger",
        )
        return redirect("person", pk)
    toast(
        request,
        _("%(name)s no longer has the role “%(role)s”.")
        % {"name": person.name, "role": held.get_role_display()},
        undo=f"{reverse('person_roles', args=[pk])}?{urlencode(again)}",
    )
    return redirect("person", pk)
