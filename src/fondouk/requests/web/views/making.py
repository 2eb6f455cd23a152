"""The staff makes a request, for a company or for the park."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.people.rules import required
from fondouk.requests.actions import open_request
from fondouk.requests.forms import StaffRequestForm, companies_hosted, sites_of, spaces_of
from fondouk.requests.rules import HANDLERS
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("requests.handle")
def create(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    within = reach(account, *HANDLERS)
    sites = Site.objects.order_by("pk") if within.network else sites_of(within.sites)
    initial = {"resource": request.GET.get("space"), "company": request.GET.get("company")}
    form = StaffRequestForm(
        request.POST or None,
        request.FILES or None,
        sites=sites,
        spaces=spaces_of(sites),
        companies=companies_hosted(timezone.localdate(), sites),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = open_request(form.made(), by=account.person, photos=form.cleaned_data["photos"])
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            toast(request, _("Request #%(number)s is made.") % {"number": made.pk})
            return redirect("request", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "requests/request/new.html", {"form": form}, status=status)
