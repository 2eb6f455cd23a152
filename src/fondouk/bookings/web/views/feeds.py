"""Calendar addresses: making one, revoking it, and what a calendar program reads there."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.actions import find_feed, make_feed, revoke_feed, want_invitations
from fondouk.bookings.enums import Status
from fondouk.bookings.feeds import calendar_of
from fondouk.bookings.models import Booking, CalendarFeed, InvitedPerson
from fondouk.bookings.queries import bookable
from fondouk.people.rules import required
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.ui.toasts import toast

BEFORE = timedelta(days=90)
MOST = 2000
"""Bookings of a feed: the latest of them."""


class FeedForm(forms.Form):
    """One's own calendar, or, for the staff, that of a site or a space."""

    what = forms.ChoiceField(label=gettext_lazy("Calendar of"))

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("mine", _("my bookings, and those of my company"))]
        within = reach(account)
        if within:
            sites = within.limit(Site.objects.all(), "pk")
            choices += [(f"site-{site.pk}", str(site)) for site in sites]
            rooms = (
                within.limit(bookable(account), "site").select_related("site").order_by("site", "code_folded")
            )
            choices += [(f"space-{room.pk}", f"{room.site} · {room.code}") for room in rooms]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, int]:
        kind, _dash, key = self.cleaned_data["what"].partition("-")
        return {"site": {"site_id": int(key or 0)}, "space": {"resource_id": int(key or 0)}}.get(kind, {})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("bookings.book")
def feed_list(request: HttpRequest) -> HttpResponse:
    """The answer to a POST shows the address, and nothing keeps it."""
    account: Any = request.user
    form = FeedForm(request.POST or None, account=account)
    address = ""
    made: CalendarFeed | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        site = Site.objects.get(pk=chosen["site_id"]) if "site_id" in chosen else None
        room = bookable(account).get(pk=chosen["resource_id"]) if "resource_id" in chosen else None
        made, secret = make_feed(account.person, site=site, resource=room)
        address = settings.PUBLIC_URL.rstrip("/") + reverse("calendar_feed", args=[secret])
        form = FeedForm(account=account)
    feeds = account.person.calendar_feeds.filter(revoked_at=None).select_related("site", "resource__site")
    is_invited = InvitedPerson.objects.filter(person=account.person).exists()
    context = {"form": form, "feeds": feeds, "address": address, "made": made, "is_invited": is_invited}
    return render(request, "bookings/feed/list.html", context)


@require_POST
@required("bookings.book")
def invitations(request: HttpRequest) -> HttpResponse:
    """By mail what one books, from now on (`wanted`) or no longer."""
    account: Any = request.user
    wanted = request.POST.get("wanted") == "yes"
    want_invitations(account.person, wanted=wanted)
    toast(
        request,
        _("What you book comes by mail from now on.") if wanted else _("No more letters for your calendar."),
    )
    return redirect("calendar_feeds")


@require_POST
@required("bookings.book")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    feed = get_object_or_404(CalendarFeed.objects.filter(person=account.person, revoked_at=None), pk=pk)
    revoke_feed(feed, by=account.person)
    toast(request, _("Nothing is read at this address any more."))
    return redirect("calendar_feeds")


@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program reads. The address is the key: no session, no cookie."""
    feed = find_feed(secret)
    if feed is None:
        raise Http404
    person = feed.person
    account: Any = person.account
    site = feed.resource.site_id if feed.resource else feed.site_id
    if site is not None and not reach(account).covers(site):
        raise Http404  # the role that opened it has ended
    with translation.override(person.language):
        content = calendar_of(
            _bookings(feed, account),
            name=_name(feed),
            host=urlsplit(settings.PUBLIC_URL).hostname or "fondouk",
            hides=lambda one: not one.tells(person.pk),
        )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="fondouk.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _name(feed: CalendarFeed) -> str:
    if feed.resource:
        return f"{feed.resource.code} · {feed.resource.site}"
    return str(feed.site) if feed.site else _("Bookings of %(name)s") % {"name": feed.person.name}


def _bookings(feed: CalendarFeed, account: Any) -> Any:
    """Those that the person sees, that take place from three months ago on."""
    rows = Booking.objects.visible_to(account)
    if feed.resource_id:
        rows = rows.filter(occurrences__resource=feed.resource_id)
    elif feed.site_id:
        rows = rows.filter(resource__site=feed.site_id)
    else:
        companies = account.person.memberships.current().values("company")
        rows = rows.filter(Q(organiser=account.person_id) | Q(company__in=companies))
    since = datetime.combine(timezone.localdate() - BEFORE, time(0))
    standing = (Status.BOOKED, Status.REQUESTED)
    rows = rows.filter(occurrences__ends__gte=since, occurrences__status__in=standing).distinct()
    found = rows.select_related("resource__site").prefetch_related(
        "occurrences__resource", "occurrences__part", "skipped"
    )
    return found.order_by("-starts", "-pk")[:MOST]
