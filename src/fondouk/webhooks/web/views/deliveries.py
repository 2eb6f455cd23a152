"""What was sent, how it was received, and sending it again."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.webhooks.actions import send_again, send_failed_again, send_test
from fondouk.webhooks.enums import OPEN, TONES, State
from fondouk.webhooks.models import Delivery, Endpoint


@require_safe
@required("webhooks.keep")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Delivery.objects.select_related("event", "endpoint").prefetch_related("attempts")
    delivery = get_object_or_404(rows, pk=pk)
    event = delivery.event
    message = {"type": event.kind, "timestamp": event.at.isoformat(), "data": event.data}
    context = {
        "delivery": delivery,
        "tone": TONES[State(delivery.state)],
        "is_open": delivery.state in OPEN,
        "message": json.dumps(message, ensure_ascii=False, indent=2),
    }
    return render(request, "webhooks/delivery.html", context)


@require_POST
@required("webhooks.keep")
def test(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = send_test(get_object_or_404(Endpoint, pk=pk))
    toast(request, _("A test is on its way: look at how it is received."))
    return redirect("webhook_delivery", delivery.pk)


@require_POST
@required("webhooks.keep")
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    try:
        send_again(get_object_or_404(Delivery, pk=pk), by=account.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    else:
        toast(request, _("It is sent again."))
    return redirect("webhook_delivery", pk)


@require_POST
@required("webhooks.keep")
def repeat_failed(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    count = send_failed_again(get_object_or_404(Endpoint, pk=pk), by=account.person)
    said = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count) % {"n": count}
    toast(request, said)
    return redirect("endpoint", pk)
