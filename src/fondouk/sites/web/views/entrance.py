"""Coming in for the first time: setting up the network, accepting an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fondouk.lib.addresses import in_language
from fondouk.people.actions import (
    InvitationClosed,
    accept_invitation,
    find_invitation,
    join_by_invitation,
    setup_secret,
)
from fondouk.people.models import Account, Invitation
from fondouk.sites.actions import AlreadySetUp, set_up_network
from fondouk.sites.models import Network
from fondouk.sites.web.forms.entrance import AcceptanceForm, SetupForm
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
@never_cache
def setup(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The first account. Once there is one, the address leads to signing in."""
    if not constant_time_compare(secret, setup_secret()):
        raise Http404
    if Account.objects.exists():
        return _set_up_already(request)
    form = SetupForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = set_up_network(
                name=data["network"],
                person_name=data["name"],
                email=data["email"],
                password=data["password1"],
                language=data["language"],
            )
        except AlreadySetUp:
            return _set_up_already(request)
        return _sign_in(request, account)
    return render(request, "sites/entrance/setup.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    found = find_invitation(secret)
    if found is None:
        return _closed(request)
    if Account.objects.filter(email__iexact=found.email).exists():
        return _join(request, found)
    form = AcceptanceForm(request.POST or None, initial={"name": found.person.name}, email=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            account = accept_invitation(
                found, password=form.cleaned_data["password1"], name=form.cleaned_data["name"]
            )
        except InvitationClosed:
            return _closed(request)
        except IntegrityError:
            form.add_error(
                None, _("Another account has this address already. Sign in with it, or ask for help.")
            )
        else:
            return _sign_in(request, account)
    context = {"form": form, "invitation": found, "network": Network.current()}
    return render(request, "sites/entrance/invitation.html", context)


def _join(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    """Whoever has an account under the invited address signs in with it, and takes what they are invited to."""
    account = request.user if isinstance(request.user, Account) else None
    is_them = account is not None and account.email.lower() == found.email.lower()
    if request.method == "POST":
        if account is None or not is_them:
            return redirect_to_login(request.get_full_path())
        try:
            join_by_invitation(found, account)
        except InvitationClosed:
            return _closed(request)
        toast(request, _("You have joined."))
        return redirect("home")
    context = {"invitation": found, "network": Network.current(), "account": account, "is_them": is_them}
    return render(request, "sites/entrance/join.html", context)


def _set_up_already(request: HttpRequest) -> HttpResponse:
    toast(request, _("The first account is made already: sign in."), tone="warn")
    return redirect("account_login")


def _closed(request: HttpRequest) -> HttpResponse:
    """Used, withdrawn, too old, or never sent: the page says the same of all, and what to do."""
    return render(request, "sites/entrance/closed.html", {"network": Network.current()}, status=410)


def _sign_in(request: HttpRequest, account: Account) -> HttpResponseBase:
    there = in_language(reverse("home"), account.person.language)
    return perform_login(request, account, redirect_url=there)  # type: ignore[no-any-return]
