"""The team: everybody reads it, an owner keeps it."""

from __future__ import annotations

import contextlib
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.companies.enums import MemberRole
from fondouk.companies.models import Membership
from fondouk.companies.queries import team
from fondouk.people.actions import open_account_of
from fondouk.people.models import Invitation, Person
from fondouk.portal.actions import LastOwner, change_membership, join_team, leave_team, return_to_team
from fondouk.portal.web.forms.team import JoiningForm, MembershipForm
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.sites.actions import InvitedTooOften, invite_person
from fondouk.sites.letters import said_of_an_invitation
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sign, unsign

SALT = "fondouk.portal.team"
KEEP = "companies.team"


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    members = list(team(mine.company, mine.day))
    invited = set(
        Invitation.objects.open()
        .filter(person__in=[member.person_id for member in members])
        .values_list("person", flat=True)
    )
    rows = [
        {
            "membership": member,
            "person": member.person,
            "has_account": getattr(member.person, "account", None) is not None,
            "is_invited": member.person_id in invited,
            "is_oneself": member.person_id == mine.person.pk,
        }
        for member in members
    ]
    return render_mine(request, mine, "portal/team.html", {"rows": rows, "keep": mine.may(KEEP)})


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def join(request: HttpRequest, mine: Mine) -> HttpResponse:
    mine.need(KEEP)
    form = JoiningForm(request.POST or None, initial={"role": MemberRole.MEMBER})
    if request.method == "POST" and form.is_valid():
        try:
            membership, invitation = join_team(
                mine.company, **form.cleaned_data, language=get_language() or "fr", by=mine.person
            )
        except ValidationError as error:
            form.add_error("email", error.messages[0])
        except InvitedTooOften as refusal:
            form.add_error("email", str(refusal))
        else:
            sentence = _("%(name)s is in the team.") % {"name": membership.person.name}
            if invitation:
                sentence = f"{sentence} {said_of_an_invitation(membership.person)}"
            toast(request, sentence)
            return redirect("member_team")
    return _form(request, mine, form, "portal/team_new.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def change(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    mine.need(KEEP)
    membership = _membership(mine, pk)
    form = MembershipForm(request.POST or None, initial={"role": membership.role, "title": membership.title})
    if request.method == "POST" and form.is_valid():
        try:
            change_membership(membership, **form.cleaned_data, by=mine.person)
        except LastOwner as refusal:
            form.add_error("role", str(refusal))
        else:
            toast(request, _("Saved."))
            return redirect("member_team")
    return _form(request, mine, form, "portal/team_change.html", {"membership": membership})


@require_POST
@with_company
def leave(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    mine.need(KEEP)
    membership = _membership(mine, pk)
    name = membership.person.name
    back = sign(
        {
            "company": mine.company.pk,
            "person": membership.person_id,
            "role": membership.role,
            "title": membership.title,
        },
        salt=SALT,
    )
    try:
        leave_team(membership, by=mine.person)
    except LastOwner as refusal:
        toast(request, str(refusal), tone="warn")
    else:
        undo = reverse("member_team_return", args=[back])
        toast(request, _("%(name)s has left the team.") % {"name": name}, undo=undo)
    return redirect("home" if membership.person_id == mine.person.pk else "member_team")


@require_POST
@with_company
def come_back(request: HttpRequest, mine: Mine, signed: str) -> HttpResponse:
    """Take a departure back, for some minutes."""
    mine.need(KEEP)
    left = unsign(signed, salt=SALT)
    if left["company"] != mine.company.pk:
        raise Http404
    person = get_object_or_404(Person.objects.living(), pk=left["person"])
    with contextlib.suppress(ValidationError):  # pressed twice: the person is back already
        return_to_team(mine.company, person, role=left["role"], title=left["title"], by=mine.person)
    toast(request, _("%(name)s is in the team.") % {"name": person.name})
    return redirect("member_team")


@require_POST
@with_company
def invite(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """Send the invitation, again if there was one."""
    mine.need(KEEP)
    person = _membership(mine, pk).person
    if not person.main_email or open_account_of(person):
        raise Http404
    try:
        invite_person(person, email=person.main_email, by=mine.person, company=mine.company.name)
    except InvitedTooOften as refusal:
        toast(request, str(refusal), tone="warn")
        return redirect("member_team")
    toast(request, said_of_an_invitation(person))
    return redirect("member_team")


def _membership(mine: Mine, pk: int) -> Membership:
    rows = Membership.objects.on(mine.day).filter(company=mine.company).select_related("person")
    return get_object_or_404(rows, pk=pk)


def _form(
    request: HttpRequest, mine: Mine, form: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render_mine(request, mine, template, {**context, "form": form}, status=status)
