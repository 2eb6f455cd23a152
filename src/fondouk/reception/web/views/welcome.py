"""What the visitor sees: the page of an invitation, its entry for a calendar, a word that they do not come.

Its address is the key, and holds nothing but the visit. A member of the staff who reads its code at the desk is led to
their own page of it, where one tap says that the visitor is here.
"""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.reception.actions import Meanwhile, decline
from fondouk.reception.actions.letters import address_of
from fondouk.reception.feeds import invitation_of
from fondouk.reception.models import Visit
from fondouk.sites.models import Network
from fondouk.ui.qr import qr
from fondouk.ui.toasts import toast


def _found(token: str) -> Visit:
    rows = Visit.objects.select_related("site", "company", "host", "resource")
    visit = rows.opened_by(token)
    if visit is None:
        raise Http404
    return visit


def _unlisted(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = (
        "same-origin"  # with "no-referrer" a browser sends no origin: its form is refused
    )
    return answer


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    visit = _found(token)
    if request.user.is_authenticated and request.user.has_perm("reception.receive", visit):
        return redirect("visit", visit.pk)
    context = {
        "visit": visit,
        "whom": visit.whom,
        "place": visit.place,
        "code": qr(address_of(visit), _("Code for the reception")),
        "network": Network.current(),
    }
    return _unlisted(render(request, "reception/welcome.html", context))


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    visit = _found(token)
    if not visit.is_ahead:
        raise Http404
    sender = (str(Network.current()), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    text = invitation_of(visit, method="PUBLISH", sender=sender)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{_('visit')}.ics")
    return _unlisted(answer)


@require_POST
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    try:
        decline(_found(token))
    except Meanwhile as late:
        toast(request, str(late), tone="warn")
    else:
        toast(request, _("Thank you for saying so. Your host knows."))
    return redirect("welcome", token)
