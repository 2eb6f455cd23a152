"""How long things are kept before they go by themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.people.actions import retention_standing, set_retention
from fondouk.people.rules import required
from fondouk.people.web.forms.retention import RetentionForm
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("people.privacy")
def retention(request: HttpRequest) -> HttpResponseBase:
    form = RetentionForm(request.POST or None, standing=retention_standing())
    if request.method == "POST" and form.is_valid():
        changed = set_retention(form.periods, by=request.user.person)  # type: ignore[union-attr]
        toast(request, _("Kept. It holds from the coming night.") if changed else _("Nothing has changed."))
        return redirect("retention")
    return render(
        request, "people/processings/retention.html", {"form": form}, status=422 if form.is_bound else 200
    )
