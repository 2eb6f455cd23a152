"""The staff makes a request, for a company or for the park."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.queries import hosted_at
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required
from fondouk.requests.actions import open_request
from fondouk.requests.forms import StaffRequestForm
from fondouk.requests.rules import HANDLERS
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.spaces.queries import in_use_at
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("requests.handle")
def create(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    sites = sites_within(reach(account, *HANDLERS))
    initial = {"resource": request.GET.get("space"), "company": request.GET.get("company")}
    form = StaffRequestForm(
        request.POST or None,
        request.FILES or None,
        sites=sites,
        spaces=in_use_at(sites),
        companies=hosted_at(sites, timezone.localdate()),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = open_request(form.made(), by=account.person, photos=form.cleaned_data["photos"])
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Request #%(number)s is made.") % {"number": made.pk})
            return redirect("request", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "requests/request/new.html", {"form": form}, status=status)
