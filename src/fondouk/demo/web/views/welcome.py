"""The first minute: who to be, five steps, and the way to one's own network."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.models import Membership
from fondouk.demo import queries
from fondouk.demo.actions import NotLoaded, clear_demonstration
from fondouk.demo.cast import Part, parts
from fondouk.people.actions import setup_link
from fondouk.people.models import Account
from fondouk.sites.enums import Role
from fondouk.ui.toasts import toast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DONE = "demo_steps"


def _loaded_or_404() -> None:
    if not queries.is_loaded():
        raise Http404


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Where there is no demonstration any more, a bookmark leads to the first page: to setting up, to sign in, home."""
    if not queries.is_loaded():
        if request.user.is_authenticated:
            return redirect("home")
        return redirect((queries.is_local(request) and _setting_up(request)) or "account_login")
    people = parts()
    done = request.session.get(DONE, [])
    steps = _steps(people)
    for step in steps:
        step["done"] = step["key"] in done
    context = {
        "staff": [part for part in people if part.is_staff],
        "members": [part for part in people if not part.is_staff],
        "steps": steps,
        "steps_done": sum(step["done"] for step in steps),
        "may_play": queries.may_play(request),
        "may_clear": queries.may_clear(request),
    }
    return render(request, "demo/welcome.html", context)


def _steps(people: list[Part]) -> list[dict[str, Any]]:
    """Each with whom to be, and which address to open as they."""
    first = {str(part.label): part.account for part in reversed(people)}
    owner = next((part.account for part in people if not part.is_staff), None)
    company = Membership.objects.filter(person__account=owner).values_list("company", flat=True).first()
    steps = [
        ("today", "sun", _("See what the direction reads in the morning"), Role.DIRECTION.label, "/today/"),
        (
            "company", "building", _("Follow one company from its first day"), Role.SITE_MANAGER.label,
            f"/companies/{company}/",
        ),
        ("member", "device-mobile", _("Open the same company as its head, on a phone"), None, "/my/"),
        ("public", "world", _("Read what the public reads"), "", "/"),
        ("books", "file-import", _("Let Fondouk read one of your workbooks"), Role.ADMINISTRATOR.label, "/imports/new/"),
    ]  # fmt: skip
    return [
        {
            "key": key,
            "icon": icon,
            "label": label,
            "account": owner if role is None else first.get(str(role), ""),
            "next": path,
        }
        for key, icon, label, role, path in steps
    ]


@require_POST
def take_part(request: HttpRequest) -> HttpResponse:
    """Be somebody of the cast from now on, or nobody: without a password, so where `may_play` says only."""
    _loaded_or_404()
    if not queries.may_play(request):
        raise Http404
    done = request.session.get(DONE, [])
    wanted = request.POST.get("account", "")
    language = request.path.split("/")[1]
    if wanted:
        known = [str(part.account) for part in parts()]
        if wanted not in known:
            raise Http404
        login(request, get_object_or_404(Account, pk=wanted, is_active=True), backend=BACKEND)
        target = f"/{language}/home/"
    else:
        logout(request)
        target = f"/{language}/"
    if step := next((one for one in _steps(parts()) if one["key"] == request.POST.get("step")), None):
        done = [*done, step["key"]] if step["key"] not in done else done
        target = f"/{language}{step['next']}"
    request.session[DONE] = done
    return redirect(target)


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Everything invented goes; whoever cleared it makes the first account of their own network."""
    if not queries.may_clear(request):
        raise Http404
    try:
        clear_demonstration()
    except NotLoaded:
        raise Http404 from None
    request.session.flush()
    toast(request, _("The demonstration is cleared. This is your own, empty network."))
    return redirect(_setting_up(request) or "public_home")


def _setting_up(request: HttpRequest) -> str:
    """Where the first account is made, in the language of this page; "" where there is one."""
    link = setup_link()
    return link.replace("/fr/", f"/{request.path.split('/')[1]}/", 1) if link else ""
