"""Where people arrive: their language, then the shell that is theirs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from fondouk.demo.queries import is_loaded, is_local, may_play
from fondouk.people.actions import setup_link


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the language of the cookie, else of the browser, else French; where there is a demonstration, into it."""
    with override(get_language_from_request(request)):
        if not request.user.is_authenticated and is_local(request) and (link := setup_link()):
            return redirect(link)  # at this machine only: the link is a key
        explores = not request.user.is_authenticated and is_loaded() and may_play(request)
        return redirect("demo" if explores else "public_home")


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Staff to the console, members to their company, anybody else to their account."""
    for permission, route in (("sites.staff", "today"), ("companies.member", "member_home")):
        if request.user.has_perm(permission):
            return redirect(route)
    return redirect("my_account")
