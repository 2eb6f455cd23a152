"""Where the code at a door leads: what stands in the room, saying that one is there, staying longer, giving it back, taking
it from this minute on.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.bookings.actions import check_in, end_now, stay_longer
from fondouk.bookings.models import Occurrence
from fondouk.bookings.presentation import ends_said, title_of
from fondouk.bookings.queries import (
    audience_of,
    bookable_space,
    clock_at,
    longer_costs,
    may_come,
    quote,
    terms_for,
)
from fondouk.bookings.wishes import PriceChanged, Span, Stale, TooLate, Unavailable, Wish
from fondouk.companies.models import Company
from fondouk.displays.actions import book_now
from fondouk.displays.queries import ends_from_now, state_of
from fondouk.displays.web.forms import NowForm
from fondouk.lib.formats import format_number
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.spaces.models import Resource
from fondouk.ui.formatting import clock, money_cents
from fondouk.ui.toasts import toast


@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address of a sign, sent on to the page in the reader's language."""
    return redirect("room_here", pk)


@require_safe
@required("bookings.book")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    form = NowForm(initial={"title": _("Meeting")}, companies=_companies(account))
    return _shown(request, _room(request, pk), form)


def _shown(request: HttpRequest, room: Resource, form: NowForm, status: int = 200) -> HttpResponse:
    account: Any = request.user
    state = state_of(room)
    coming = [slot.occurrence for slot in (state.now, state.next) if slot and slot.occurrence]
    rows = (
        Occurrence.objects.filter(pk__in=coming)
        .visible_to(account)
        .select_related("booking", "resource__site")
    )
    known = [(one, title_of(one.booking, account)) for one in rows.order_by("starts")]
    held = [pair for pair in known if _is_held(account, pair[0])]
    slots = [slot for slot in state.slots if slot.last > state.moment and slot != state.now][:4]
    context = {
        "room": room,
        "now": state.now,
        "until": clock_at(room.site, state.now.ends) if state.now else None,
        "next": state.next,
        "slots": [(clock_at(room.site, slot.starts), clock_at(room.site, slot.ends), slot) for slot in slots],
        "mine": [pair for pair in known if may_come(pair[0], timezone.now())],
        "held": held,
        "longer": longer_costs(held[0][0], audience_of(account, room.site_id)) if held else None,
        "form": form,
        "may_take": state.now is None and _offer(request, room, form),
    }
    return render(request, "displays/here.html", context, status=status)


@require_POST
@required("bookings.book")
def come(request: HttpRequest, pk: int) -> HttpResponse:
    room = _room(request, pk)
    account: Any = request.user
    key = request.POST.get("time", "")
    rows = Occurrence.objects.filter(resource=room).visible_to(account)
    one = get_object_or_404(rows, pk=typed_key(key) or 0)
    try:
        check_in(one, by=account.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (TooLate, Stale):
        toast(request, _("This time is over, or was given back because nobody had come."), tone="danger")
    else:
        toast(request, _("Welcome."))
    return redirect("room_here", pk)


def _is_held(account: Any, one: Occurrence) -> bool:
    """Whether it is under way, and this account may let it end."""
    under_way = one.during.lower <= timezone.now() < one.during.upper
    return under_way and bool(account.has_perm("bookings.change", one.booking))


@require_POST
@required("bookings.book")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """What is under way lasts half an hour longer, or is over now."""
    room = _room(request, pk)
    account: Any = request.user
    rows = (
        Occurrence.objects.filter(resource=room)
        .visible_to(account)
        .select_related("booking", "resource__site")
    )
    one = get_object_or_404(rows, pk=typed_key(request.POST.get("time", "")) or 0)
    if not _is_held(account, one):
        raise Http404
    is_over = request.POST.get("end") == "now"
    change = end_now if is_over else stay_longer
    try:
        one = change(one, audience=audience_of(account, room.site_id), by=account.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        toast(request, ends_said(one, is_over=is_over))
    return redirect("room_here", pk)


@require_POST
@required("bookings.book")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    room = _room(request, pk)
    account: Any = request.user
    form = NowForm(request.POST, companies=_companies(account))
    if form.is_valid():
        said = form.cleaned_data
        starts, ends, cost = said["ends"]
        try:
            book_now(
                room,
                starts=starts,
                ends=ends,
                title=said["title"].strip(),
                organiser=account.person,
                audience=audience_of(account, room.site_id),
                company=said.get("company"),
                price_seen=cost,
            )
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        except (Unavailable, PriceChanged) as refused:
            form.add_error(None, str(refused))
        else:
            toast(request, _("Booked: the room is yours."))
            return redirect("room_here", pk)
    return _shown(request, room, form, 422)


def _companies(account: Any) -> Any:
    rows = Company.objects.standing().filter(pk__in=account.person.memberships.current().values("company"))
    return rows.by_name().defer("vector")


def _offer(request: HttpRequest, room: Resource, form: NowForm) -> bool:
    """Give the form what there is to choose, with what it costs; False where the room cannot be taken now."""
    account: Any = request.user
    audience = audience_of(account, room.site_id)
    company = form.cleaned_data.get("company") if form.is_bound and hasattr(form, "cleaned_data") else None
    company = company or (form.fields["company"].queryset.first() if "company" in form.fields else None)  # type: ignore[attr-defined]
    starts, language = clock_at(room.site), (get_language() or "fr")[:2]
    choices = []
    for ends in ends_from_now(room, audience, account.person):
        terms = terms_for(Wish(room, starts, ends, "", account.person, company), audience)
        found = quote(room, company, terms, [Span.of(starts, starts, ends, room.site.zone)])
        label = _("until %(time)s") % {"time": clock(ends, language)}
        if found.total:
            label = f"{label} · {money_cents(found.to_pay, language)}"
        if found.credits:
            used = _("credits: %(n)s") % {"n": format_number(found.credits.normalize(), language)}
            label = f"{label} · {used}"
        choices.append((NowForm.choice(starts, ends, found.total), label))
    form.offer(choices)
    return bool(choices)


def _room(request: HttpRequest, pk: int) -> Resource:
    room = bookable_space(request.user, pk)
    if room is None:
        raise Http404
    return room
