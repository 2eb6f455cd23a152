"""Who follows the companies ticked in the list."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondouk.companies.actions import assign_steward
from fondouk.companies.web.views.companies import chosen, possible_stewards
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


@require_POST
@required("companies.edit")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the companies ticked to one steward; those that this person may not edit are left alone, and not counted."""
    wanted = request.POST.get("steward", "")
    steward = possible_stewards().filter(pk=wanted).first() if wanted.isdecimal() else None
    if steward is None:
        toast(request, _("Choose who follows these companies."), tone="danger")
    else:
        done = 0
        with transaction.atomic():
            for company in chosen(request, request.POST).prefetch_related("residencies"):
                if request.user.has_perm("companies.edit", company):
                    assign_steward(company, steward, by=request.user.person)
                    done += 1
        toast(
            request, _("%(count)d companies are followed by %(person)s.") % {"count": done, "person": steward}
        )
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back.startswith("/") and is_ours else "companies")
