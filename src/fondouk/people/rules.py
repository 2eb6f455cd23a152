"""Permissions: named predicates, each with the reason a person is given when it says no.

`define` names a permission; `verdict` answers with the reason; `required` guards a view: an anonymous visitor is sent
to sign-in, anybody else who may not gets 404, so that an address tells outsiders nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import rules
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done and, when not, why: shown beside the disabled button."""

    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


REASONS: dict[str, Any] = {}


def define(name: str, predicate: Any, reason: Any) -> None:
    """Give the permission `name` ("companies.edit") its predicate and the sentence for those it denies."""
    rules.add_perm(name, predicate)
    REASONS[name] = reason


def verdict(account: Any, name: str, subject: object = None) -> Verdict:
    if account.is_authenticated and account.has_perm(name, subject):
        return Verdict(True)
    return Verdict(False, REASONS.get(name, _("You may not do this.")))


def required(name: str) -> Callable[[View], View]:
    """Guard a view by a permission that needs no object. Objects are loaded through `visible_to`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(name):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permission = name  # type: ignore[attr-defined]
        return guarded

    return decorate


@rules.predicate
def is_oneself(account: Any, person: Any) -> bool:
    return person is not None and account.person_id == person.pk


@rules.predicate
def is_signed_in(account: Any) -> bool:
    return bool(account.is_authenticated)


define("people.signed_in", is_signed_in, _("Sign in first."))
