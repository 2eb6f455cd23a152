"""Bookings: made, moved and cancelled as on screen, with the same rules and the same calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Invalid
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy
from ninja import Header, Query, Router, Status

from fondouk.api.web.clock import local_time, written
from fondouk.api.web.paging import paged
from fondouk.api.web.problems import Refused, need, problem
from fondouk.bookings.actions import book, cancel, change_end, describe, move
from fondouk.bookings.actions.booking import RULES
from fondouk.bookings.enums import LIVE, Scope
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import in_the_way
from fondouk.bookings.queries import audience_of, bookable, bookable_space
from fondouk.bookings.wishes import KeyReused, PriceChanged, Stale, TooLate, Unavailable, Wish
from fondouk.companies.models import Company
from fondouk.lib.recurrence import BrokenRule, parse_rule
from fondouk.lib.saving import retried, retried_or
from fondouk.people.enums import TokenScope
from fondouk.spaces.models import Resource

from .booking_shapes import BookingFilters, BookingIn, BookingOut, Bookings, Change, Going, one_shape, shape

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["bookings"])
FIELDS = {"starts": "start", "ends": "end", "rule": "rrule"}
"""Where the actions' words for things differ from those of the API."""


def _visible(request: HttpRequest) -> Any:
    rows = Booking.objects.visible_to(request.user).select_related("resource__site", "organiser")
    return rows.defer("resource__vector", "resource__site__vector")


def _answer(request: HttpRequest, booking: Booking, response: HttpResponse) -> dict[str, Any]:
    body, etag = one_shape(request.user, booking)
    response["ETag"] = etag
    return body


@router.get("", response=Bookings, url_name="bookings", summary=_("Bookings that the account may see"))
def booking_list(request: HttpRequest, filters: Query[BookingFilters]) -> Any:
    rows = _visible(request)
    if filters.resource is not None:
        rows = rows.filter(occurrences__resource=filters.resource).distinct()
    if filters.since is not None or filters.until is not None:
        times = Occurrence.objects.filter(status__in=LIVE)
        if filters.since is not None:
            times = times.filter(ends__gte=datetime.combine(filters.since, time(0)))
        if filters.until is not None:
            times = times.filter(starts__lte=datetime.combine(filters.until, time.max))
        rows = rows.filter(pk__in=times.values("booking"))
    if filters.mine:
        rows = rows.filter(organiser=request.user.person)  # type: ignore[union-attr]

    def shaped(found: list[Booking]) -> Iterable[Any]:
        times = Occurrence.objects.filter(booking__in=found).select_related("cancellation", "part")
        times = times.order_by("starts", "pk")
        return shape(request.user, found, list(times))

    return paged(rows, filters, shaped)


@router.post("", response={200: BookingOut, 201: BookingOut}, url_name="bookings", summary=_("Book a space"))
def create(
    request: HttpRequest,
    response: HttpResponse,
    wanted: BookingIn,
    key: str = Header("", alias="Idempotency-Key", max_length=200, description=_("In ASCII.")),
) -> Any:
    need(request, TokenScope.BOOKINGS)
    account: Any = request.user
    space = bookable_space(account, wanted.resource)
    if space is None:
        raise Refused({"resource": said_now("There is no such space, or you may not book it.")})
    wish = _wish(account, wanted, space)
    audience = audience_of(account, space.site_id)
    skip = [local_time(text, space.site.zone, "skip") for text in wanted.skip]
    try:
        booking = book(
            wish,
            audience=audience,
            by=account.person,
            skip=skip,
            wait=[span.recurs_at for span in wish.spans()] if wanted.waitlist else (),
            key=key or None,
            price_seen=wanted.price,
        )
    except Invalid as error:
        raise _refused(error) from error
    except BrokenRule as broken:
        raise Refused({"rrule": RULES[broken.reason]}) from broken
    except PriceChanged as changed:
        return problem(409, str(changed), price=str(changed.total))
    except KeyReused as reused:
        return problem(409, str(reused))
    except Unavailable as refused:
        return _unavailable(account, wish, refused, audience)
    response["Location"] = reverse("api:booking", args=[booking.pk])
    booking.resource = space
    return Status(201, _answer(request, booking, response))


def _wish(account: Any, wanted: BookingIn, space: Resource) -> Wish:
    zone = space.site.zone
    starts, ends = local_time(wanted.start, zone, "start"), local_time(wanted.end, zone, "end")
    rule = None
    if wanted.rrule:
        try:
            rule = parse_rule(wanted.rrule)
        except BrokenRule as broken:
            raise Refused({"rrule": RULES[broken.reason]}) from broken
    return Wish(
        space,
        starts,
        ends,
        wanted.title.strip(),
        account.person,
        _company(account, wanted.company),
        rule=rule,
        attendees=wanted.attendees,
        note=wanted.note,
        is_private=wanted.private,
    )


def _company(account: Any, key: int | None) -> Company | None:
    """Who keeps the planning books for any company they see, others for their own: the first where none is named."""
    own = Company.objects.filter(pk__in=account.person.memberships.current().values("company")).order_by("pk")
    if key is None:
        return None if account.has_perm("sites.staff") else own.first()
    rows = Company.objects.visible_to(account) if account.has_perm("bookings.book_for") else own
    company = rows.filter(pk=key).first()
    if company is None:
        raise Refused({"company": said_now("There is no such company, or you may not book for it.")})
    return company


def _refused(error: Invalid) -> Refused:
    found = {}
    for name, errors in error.update_error_dict({}).items():
        sentences = [str(message) for one in errors for message in Invalid(one).messages]
        found["" if name == NON_FIELD_ERRORS else FIELDS.get(name, name)] = " ".join(sentences)
    return Refused(found)


def _unavailable(account: Any, wish: Wish, refused: Unavailable, audience: Any) -> HttpResponse:
    way = in_the_way(account, wish, refused, bookable(account), audience)
    return problem(
        409,
        str(refused),
        conflicts=[
            {
                "id": written(one.recurs_at),
                "start": written(one.starts),
                "end": written(one.ends),
                "reason": one.reason,
                "detail": one.why,
                "taken_by": [known.label for known in one.known],
            }
            for one in way.conflicts
        ],
        conflicts_count=way.total,
        alternatives={
            "times": [{"start": written(span.starts), "end": written(span.ends)} for span in way.times],
            "resources": [{"id": one.resource.pk, "code": one.resource.code} for one in way.rooms],
        },
    )


@router.get(
    "/{int:pk}",
    response={200: BookingOut, 304: None},
    url_name="booking",
    summary=_("One booking, with its times"),
)
def detail(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    known: str = Header("", alias="If-None-Match", max_length=400),
) -> Any:
    body, etag = one_shape(request.user, get_object_or_404(_visible(request), pk=pk))
    response["ETag"] = etag
    return Status(304, None) if etag in known else body


@router.patch(
    "/{int:pk}", response=BookingOut, url_name="booking", summary=_("Move a booking, or change its title")
)
def change(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    wanted: Change,
    known: str = Header("", alias="If-Match", max_length=400),
) -> Any:
    need(request, TokenScope.BOOKINGS)
    account: Any = request.user
    try:
        booking = _changed(request, pk, wanted, known)
    except _Changed:
        return problem(412, said_now("Somebody has changed this booking meanwhile. Look at it again."))
    except Invalid as error:
        raise _refused(error) from error
    except Unavailable as refused:
        return _in_the_way(account, refused)
    except (Stale, TooLate) as error:
        return problem(409, str(error))
    return _answer(request, get_object_or_404(_visible(request), pk=booking.pk), response)


@retried_or(Unavailable)
def _changed(request: HttpRequest, pk: int, wanted: Change, known: str) -> Booking:
    account: Any = request.user
    said = wanted.model_fields_set
    words = {
        "is_private" if name == "private" else name: getattr(wanted, name)
        for name in ("title", "attendees", "note", "private")
        if name in said and (getattr(wanted, name) is not None or name == "attendees")
    }
    with transaction.atomic():
        booking = _held(request, pk, known)
        if said & {"start", "end", "resource"}:
            one = _occurrence(booking, wanted.occurrence)
            booking = _moved(account, booking, one, wanted)
        if words:
            describe(booking, by=account.person, **words)
        return booking


class _Changed(Exception):
    """The ETag that was sent is not that of the booking any more."""


def _held(request: HttpRequest, pk: int, known: str) -> Booking:
    """The booking, locked until the transaction ends: what `If-Match` says is true until then."""
    booking: Booking = get_object_or_404(_visible(request), pk=pk)
    if not request.user.has_perm("bookings.change", booking):
        raise Http404
    Booking.objects.select_for_update().get(pk=pk)
    if known and known != "*" and one_shape(request.user, booking)[1] not in known:
        raise _Changed
    return booking


def _occurrence(booking: Booking, name: str) -> Occurrence:
    """The one that is named; the only one of a single booking, the next of a series."""
    rows = booking.occurrences.select_related("resource__site")
    if name:
        when = local_time(name, booking.zone, "occurrence")
        found = rows.filter(recurs_at=when).first()
    else:
        found = rows.filter(status__in=LIVE).order_by("starts").first() or rows.order_by("-starts").first()
    if found is None:
        raise Refused({"occurrence": said_now("This booking has no such time.")})
    return found


def _moved(account: Any, booking: Booking, one: Occurrence, wanted: Change) -> Booking:
    starts = local_time(wanted.start, booking.zone, "start") if wanted.start else one.starts
    ends = local_time(wanted.end, booking.zone, "end") if wanted.end else starts + (one.ends - one.starts)
    space = None
    if wanted.resource is not None:
        space = bookable_space(account, wanted.resource)
        if space is None:
            raise Refused({"resource": said_now("There is no such space, or you may not book it.")})
    audience = audience_of(account, booking.resource.site_id)
    if starts == one.starts and space is None and wanted.scope == Scope.THIS:
        return change_end(one, ends=ends, audience=audience, by=account.person).booking
    moved = move(
        one,
        starts=starts,
        ends=ends,
        resource=space,
        scope=wanted.scope,
        until=wanted.until,
        audience=audience,
        by=account.person,
    )
    return moved[0].booking


def _in_the_way(account: Any, refused: Unavailable) -> HttpResponse:
    conflicts = [
        {
            "id": written(one.span.recurs_at),
            "start": written(one.span.starts),
            "reason": one.reason,
            "detail": str(one),
        }
        for one in refused.clashes[:50]
    ]
    return problem(409, str(refused), conflicts=conflicts, conflicts_count=len(refused.clashes))


@router.delete(
    "/{int:pk}", response=BookingOut, url_name="booking", summary=_("Cancel a booking, or times of it")
)
def remove(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    going: Query[Going],
    known: str = Header("", alias="If-Match", max_length=400),
) -> Any:
    need(request, TokenScope.BOOKINGS)
    try:
        booking = _removed(request, pk, going, known)
    except _Changed:
        return problem(412, said_now("Somebody has changed this booking meanwhile. Look at it again."))
    except Invalid as error:
        raise _refused(error) from error
    except (Stale, TooLate) as error:
        return problem(409, str(error))
    return _answer(request, booking, response)


@retried
def _removed(request: HttpRequest, pk: int, going: Going, known: str) -> Booking:
    account: Any = request.user
    with transaction.atomic():
        booking = _held(request, pk, known)
        one = _occurrence(booking, going.occurrence)
        scope = going.scope or (Scope.THIS if going.occurrence else Scope.ALL)
        cancel(one, scope=scope, until=going.until, reason=going.reason, by=account.person)
        return booking
