"""The outbox: what was written to whom, and whether it left."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fondouk.mail.actions import ERASED, has_server, send_again, send_kept
from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.mail.queries import counts
from fondouk.mail.web.forms.filters import OutboxFilters
from fondouk.people.rules import required, verdict
from fondouk.ui.toasts import toast

PER_PAGE = 25
AGAIN = (Delivery.FAILED, Delivery.KEPT)


@require_safe
@never_cache
@required("mail.view")
def message_list(request: HttpRequest) -> HttpResponse:
    form = OutboxFilters(request.GET)
    page = Paginator(form.narrow(Message.objects.select_related("person")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    total = page.paginator.count
    by_state = counts()
    context = {
        "form": form,
        "page": page,
        "filtered": form.is_narrowing,
        "count": ngettext("%(n)s message", "%(n)s messages", total) % {"n": total},
        "has_server": has_server(),
        "kept": by_state[Delivery.KEPT],
        "failed": by_state[Delivery.FAILED],
    }
    return render(request, "mail/outbox/list.html", context)


@require_safe
@never_cache
@required("mail.view")
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.select_related("person"), pk=pk)
    context = {
        "message": message,
        "attempts": list(message.attempts.all()),
        "has_server": has_server(),
        "may_read": verdict(request.user, "mail.read", message.person),
        "may_send": message.delivery in AGAIN and message.text != ERASED,
    }
    return render(request, "mail/outbox/message.html", context)


@require_POST
@required("mail.view")
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again: a message that failed or was kept goes back to the worker."""
    message = get_object_or_404(Message, pk=pk)
    if not has_server():
        toast(request, _("No mail server is configured: the message stays here."), tone="warn")
    elif message.text != ERASED and send_again(message):
        toast(request, _("The message will be sent in a moment."))
    else:
        toast(request, _("There is nothing to send again."), tone="info")
    return redirect("message", pk)


@require_POST
@required("mail.view")
def dispatch_kept(request: HttpRequest) -> HttpResponse:
    """Once a mail server is there: everything that waited for one."""
    if has_server():
        sent = send_kept()
        toast(
            request,
            ngettext("%(n)s message will be sent.", "%(n)s messages will be sent.", sent) % {"n": sent},
        )
    return redirect("outbox")
