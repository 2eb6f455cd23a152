"""Asking for a visit, and the page by which whoever asked follows it."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Event

from fondouk.editorial.queries import texts
from fondouk.lib.ical import book_of
from fondouk.prospects.actions import receive_prospect, resume_prospect, withdraw_prospect
from fondouk.prospects.forms import VisitorForm
from fondouk.prospects.models import Prospect, Tour
from fondouk.public.queries import site_cards
from fondouk.public.web.shell import of_ones_own, render_public


@csrf_exempt  # no cookie, no session: nobody's rights are used by sending it; the form has a key of its own
@require_http_methods(["GET", "HEAD", "POST"])
@of_ones_own
def visit(request: HttpRequest) -> HttpResponse:
    """`?site=` names the site, `?purpose=` what brings the visitor."""
    day = timezone.localdate()
    begun: dict[str, Any] = {"purpose": request.GET.get("purpose", "")[:20]}
    named_card = next((card for card in site_cards(day) if card.site.code == request.GET.get("site")), None)
    if named_card is not None:
        named = named_card.site
        begun |= {"site": named.pk, "tour": named_card.is_open}
    form = VisitorForm(request.POST or None, initial=begun)
    if request.method != "POST":
        return _form(request, form)
    if form.is_valid() and not ratelimit.consume(
        request, action="visit_request", key=_mailbox(form.cleaned_data["email"])
    ):
        form.add_error(None, _("Too many requests came from here. Try again in an hour, or write to us."))
    if form.is_valid():
        asked = form.prospect()
        asked.language, key = (get_language() or "fr")[:2], asked.sent_key
        try:
            asked = receive_prospect(asked, tour=form.wished_tour())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if asked.sent_key != key:
                return redirect(f"{reverse('public_visit')}?received")
            return redirect(f"{reverse('public_request', args=[asked.token])}?sent")
    return _form(request, form, status=422)


def _mailbox(address: str) -> str:
    """The one mailbox behind `name+anything@…`, in small letters."""
    name, _at, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _form(request: HttpRequest, form: VisitorForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "lead": texts("visit-lead")["visit-lead"],
        "is_received": "received" in request.GET and request.method != "POST",
    }
    answer = render_public(request, "public/visit.html", context, page="visit")
    answer.status_code = status
    return answer


def _asked(token: str) -> tuple[Prospect, Tour | None]:
    """The request that a link names, and its tour; 404 for a link that is not ours, or whose request is forgotten."""
    prospect = Prospect.objects.all().of_token(token)
    if prospect is None:
        raise Http404
    return prospect, prospect.tours.select_related("site", "guide").first()


@require_safe
@of_ones_own
def asked(request: HttpRequest, token: str) -> HttpResponse:
    prospect, tour = _asked(token)
    context = {"prospect": prospect, "tour": tour, "token": token, "just_sent": "sent" in request.GET}
    return _unlisted(render_public(request, "public/request.html", context, page="visit"))


@csrf_exempt  # the address is the key
@require_POST
@of_ones_own
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    prospect, _tour = _asked(token)
    if _may_change_their_mind(request, prospect):
        withdraw_prospect(prospect)
    return redirect("public_request", token)


@csrf_exempt  # the address is the key
@require_POST
@of_ones_own
def resumption(request: HttpRequest, token: str) -> HttpResponse:
    """What was withdrawn is wanted after all."""
    prospect, _tour = _asked(token)
    if _may_change_their_mind(request, prospect):
        resume_prospect(prospect)
    return redirect("public_request", token)


def _may_change_their_mind(request: HttpRequest, prospect: Prospect) -> bool:
    """Ten times an hour: each time stands in the audit for good."""
    return bool(ratelimit.consume(request, action="visit_changed", key=str(prospect.pk)))


@require_safe
@of_ones_own
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The tour for one's own calendar (iCalendar, RFC 5545)."""
    _prospect, tour = _asked(token)
    if tour is None or not tour.is_live or tour.starts_at is None or tour.ends_at is None:
        raise Http404
    event = Event()
    event.add("uid", f"tour-{tour.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", tour.moves)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", tour.starts_at.astimezone(UTC))
    event.add("dtend", tour.ends_at.astimezone(UTC))
    event.add("summary", _("Visit: %(place)s") % {"place": tour.site.full_name})
    event.add("location", ", ".join(filter(None, [tour.site.full_name, *tour.site.address.splitlines()])))
    if tour.guide:
        event.add("description", _("%(guide)s will welcome you.") % {"guide": tour.guide.name})
    answer = HttpResponse(book_of([event]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{_('visit')}.ics")
    return _unlisted(answer)


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """Neither found by search engines nor told to the next site: the address is a key."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer
