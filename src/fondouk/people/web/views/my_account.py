"""What somebody sees and changes of themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.lib.addresses import in_language
from fondouk.people.actions import change_person, collect_data, create_token, revoke_token
from fondouk.people.models import Account, ApiToken
from fondouk.people.rules import required
from fondouk.people.web.forms.accounts import DetailsForm, TokenForm
from fondouk.ui.registry import registry
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.signed_in")
def my_account(request: HttpRequest) -> HttpResponseBase:
    person = request.user.person  # type: ignore[union-attr]
    form = DetailsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        changed = change_person(person, by=person, **form.cleaned_data)
        toast(request, _("Your details are saved."))
        return redirect(in_language(reverse("my_account"), changed.language))
    return _page(request, form=form)


@require_POST
@never_cache
@required("people.signed_in")
@reauthentication_required
def my_tokens(request: HttpRequest) -> HttpResponseBase:
    """The answer itself shows the secret, and nothing keeps it: neither the session nor a page to come back to."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form)
    days = form.cleaned_data["days"]
    token, secret = create_token(
        request.user,  # type: ignore[arg-type]
        name=form.cleaned_data["name"],
        expires_at=timezone.now() + timedelta(days=int(days)) if days else None,
        scopes=form.cleaned_data["scopes"],
        by=request.user.person,  # type: ignore[union-attr]
    )
    return _page(request, made=token, secret=secret)


@require_POST
@required("people.signed_in")
def my_token_revocation(request: HttpRequest, pk: int) -> HttpResponseBase:
    token = get_object_or_404(ApiToken.objects.live(), pk=pk, account=request.user)
    revoke_token(token, by=request.user.person)  # type: ignore[union-attr]
    toast(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect(reverse("my_account") + "#tokens")


@require_POST
@required("people.signed_in")
def my_data(request: HttpRequest) -> HttpResponse:
    person = request.user.person  # type: ignore[union-attr]
    return data_file(collect_data(person, by=person), person.pk)


def data_file(data: dict[str, Any], key: int) -> HttpResponse:
    """A person's data as a file to keep; accents and Arabic stay legible in it."""
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="fondouk-data-{key}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, **given: Any) -> HttpResponse:
    account: Account = request.user  # type: ignore[assignment]
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    context = {
        "form": DetailsForm(instance=account.person),
        "token_form": TokenForm(),
        "tokens": ApiToken.objects.live().filter(account=account),
        "has_application": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_password": account.has_usable_password(),
        "panels": registry.rendered_panels(request, "people.my_account:side", account.person),
        **given,
    }
    return render(request, "people/account/page.html", context)
