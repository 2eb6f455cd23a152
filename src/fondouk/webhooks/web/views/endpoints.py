"""Where messages go: listed, added, changed, switched off, removed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.webhooks.actions import add_endpoint, change_endpoint, remove_endpoint, rotate_secret, switch
from fondouk.webhooks.enums import OPEN, TONES, Kind, State
from fondouk.webhooks.models import Endpoint
from fondouk.webhooks.signing import secret_of
from fondouk.webhooks.web.forms import EndpointForm

PER_PAGE = 50


@require_safe
@required("webhooks.keep")
def endpoint_list(request: HttpRequest) -> HttpResponse:
    rows = Endpoint.objects.select_related("site").annotate(
        failed=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
        waiting=Count("deliveries", filter=Q(deliveries__state__in=OPEN)),
        last=Max("deliveries__delivered_at"),
    )
    return render(request, "webhooks/list.html", {"endpoints": rows.defer("site__vector")})


@require_safe
@never_cache
@required("webhooks.keep")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(Endpoint.objects.select_related("site", "made_by"), pk=pk)
    rows = endpoint.deliveries.select_related("event")
    counts = endpoint.deliveries.aggregate(
        failed=Count("pk", filter=Q(state__in=(State.FAILED, State.DROPPED))),
        waiting=Count("pk", filter=Q(state__in=OPEN)),
        delivered=Count("pk", filter=Q(state=State.DELIVERED)),
    )
    chosen = request.GET.get("state", "")
    if chosen in State.values:
        rows = rows.filter(state=chosen)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "endpoint": endpoint,
        "kinds": [Kind(kind).label for kind in endpoint.kinds if kind in Kind.values],
        "secret": secret_of(endpoint.pk, endpoint.turn),
        "page": shown,
        "rows": [(one, TONES[State(one.state)]) for one in shown.object_list],
        "counts": counts,
        "chosen": chosen,
        "states": [
            {"label": _("All"), "url": "?", "active": not chosen},
            *(
                {"label": label, "url": f"?state={value}", "active": value == chosen}
                for value, label in State.choices
            ),
        ],
        "activity": timeline(endpoint, limit=20),
    }
    return render(request, "webhooks/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("webhooks.keep")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    account: Any = request.user
    endpoint = get_object_or_404(Endpoint, pk=pk) if pk else None
    form = EndpointForm(request.POST or None, instance=endpoint)
    if request.method == "POST" and form.is_valid():
        act = change_endpoint if endpoint else add_endpoint
        try:
            saved = act(form.save(commit=False), by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved.") if endpoint else _("Give its receiver the secret, and send a test."))
            return redirect("endpoint", saved.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "webhooks/edit.html", {"form": form, "endpoint": endpoint}, status=status)


@require_POST
@required("webhooks.keep")
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    rotate_secret(get_object_or_404(Endpoint, pk=pk), by=account.person)
    toast(request, _("A new secret signs from now on; the one before signs too for a day."))
    return redirect("endpoint", pk)


@require_POST
@required("webhooks.keep")
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """`?on`: switch it on; else off."""
    account: Any = request.user
    endpoint = get_object_or_404(Endpoint, pk=pk)
    on = "on" in request.GET
    switch(endpoint, on=on, by=account.person)
    back = reverse("webhook_switch", args=[pk]) + ("" if on else "?on")
    toast(
        request, _("It is on.") if on else _("It is off: nothing is sent, nothing is kept for it."), undo=back
    )
    return redirect("endpoint", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required("webhooks.keep")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more: what was sent goes too."""
    account: Any = request.user
    endpoint = get_object_or_404(Endpoint, pk=pk)
    if request.method == "POST":
        try:
            remove_endpoint(endpoint, by=account.person)
        except ValidationError as error:
            toast(request, " ".join(error.messages), tone="warn")
            return redirect("endpoint", pk)
        toast(request, _("The webhook is removed."))
        return redirect("webhooks")
    return render(request, "webhooks/removal.html", {"endpoint": endpoint})
