"""Who follows the companies ticked in the list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondouk.companies.actions import assign_stewards
from fondouk.companies.queries import possible_stewards
from fondouk.companies.web.views.companies import chosen
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


@require_POST
@required("companies.edit")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the companies ticked to one steward; those that this person may not edit are left alone, and not counted."""
    wanted = request.POST.get("steward", "")
    steward = possible_stewards(request.user).filter(pk=typed_key(wanted) or 0).first()
    if steward is None:
        toast(request, _("Choose who follows these companies."), tone="danger")
    else:
        ticked = chosen(request, request.POST).prefetch_related("residencies")
        editable = [company.pk for company in ticked if request.user.has_perm("companies.edit", company)]
        assign_stewards(editable, steward, by=request.user.person)
        done = len(editable)
        toast(
            request, _("%(count)d companies are followed by %(person)s.") % {"count": done, "person": steward}
        )
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back.startswith("/") and is_ours else "companies")
