"""Accounts of people: inviting, closing and opening; their data handed out and erased."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.people.actions import collect_data, reopen_account, withdraw_invitation
from fondouk.people.models import Account
from fondouk.people.rules import required
from fondouk.sites.actions import (
    InvitedTooOften,
    LastAdministrator,
    close_account_of,
    erase_data_of,
    invite_person,
)
from fondouk.sites.letters import said_of_an_invitation
from fondouk.sites.queries import is_last_administrator
from fondouk.sites.web.forms.people import InvitationForm
from fondouk.sites.web.loading import me, person_to_answer_for
from fondouk.sites.web.views.people import render_person
from fondouk.ui.toasts import toast


@require_POST
@required("people.edit")
def person_invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Invite, or invite again: the earlier link stops working."""
    person = person_to_answer_for(request, pk)
    if Account.objects.filter(person=person).exists():
        raise Http404
    form = InvitationForm(person, request.POST)
    if not form.is_valid():
        return render_person(request, pk, invitation_form=form)
    try:
        invite_person(person, email=form.cleaned_data["email"], by=me(request))
    except InvitedTooOften as refusal:
        form.add_error(None, str(refusal))
        return render_person(request, pk, invitation_form=form)
    toast(
        request,
        said_of_an_invitation(person),
        undo=reverse("person_invitation_withdrawal", args=[pk]),
    )
    return redirect("person", pk)


@require_POST
@required("people.edit")
def person_invitation_withdrawal(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk)
    invitation = person.invitations.open().first()
    if invitation:
        withdraw_invitation(invitation, by=me(request))
        toast(request, _("The link sent to %(name)s no longer works.") % {"name": person.name})
    return redirect("person", pk)


@require_POST
@required("people.grant")
def person_account_closure(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk, "people.grant")
    get_object_or_404(Account, person=person, is_active=True)
    try:
        close_account_of(person, by=me(request))
    except LastAdministrator:
        toast(
            request,
            _("%(name)s is the last administrator: give the role to somebody else first.")
            % {"name": person.name},
            tone="danger",
        )
    else:
        toast(
            request,
            _("%(name)s can no longer sign in.") % {"name": person.name},
            undo=reverse("person_account_opening", args=[pk]),
        )
    return redirect("person", pk)


@require_POST
@required("people.grant")
def person_account_opening(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk, "people.grant")
    reopen_account(get_object_or_404(Account, person=person, is_active=False), by=me(request))
    toast(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("person", pk)


@require_POST
@required("people.privacy")
def person_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is kept about somebody, to be handed to them (law 09-08, article 7)."""
    person = person_to_answer_for(request, pk, "people.privacy")
    answer = JsonResponse(
        collect_data(person, by=me(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="fondouk-data-{pk}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.privacy")
def person_erasure(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = person_to_answer_for(request, pk, "people.privacy")
    is_wrong = False
    if request.method == "POST":
        is_wrong = request.POST.get("confirmation", "").strip() != person.name
        if not is_wrong:
            try:
                erase_data_of(person, by=me(request), reason=request.POST.get("reason", "").strip()[:1000])
            except LastAdministrator:
                return redirect("person_erasure", pk)
            if person.pk == me(request).pk:
                return redirect("account_login")
            toast(request, _("The data are erased: nobody can tell any more who this was."))
            return redirect("person", pk)
    context = {"person": person, "is_wrong": is_wrong, "is_last": is_last_administrator(person)}
    return render(request, "sites/people/erasure.html", context)
