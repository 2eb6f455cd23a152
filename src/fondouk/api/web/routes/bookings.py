"""Bookings: made, moved and cancelled as on screen, with the same rules and the same calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Annotated, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Invalid
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy
from ninja import Field, Header, Query, Router, Schema
from pydantic import AfterValidator

from fondouk.api.web.clock import local_time, written
from fondouk.api.web.paging import Paging, paged
from fondouk.api.web.problems import Refused, need, problem
from fondouk.bookings.actions import book, cancel, change_end, describe, move
from fondouk.bookings.actions.booking import RULES
from fondouk.bookings.enums import LIVE, Scope
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import in_the_way
from fondouk.bookings.queries import audience_of, bookable, bookable_space
from fondouk.bookings.wishes import KeyReused, Stale, TooLate, Unavailable, Wish
from fondouk.companies.models import Company
from fondouk.lib.recurrence import BrokenRule, parse_rule
from fondouk.people.enums import TokenScope
from fondouk.spaces.models import Resource

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["bookings"])
FIELDS = {"starts": "start", "ends": "end", "rule": "rrule"}
"""Where the actions' words for things differ from those of the API."""


class OccurrenceOut(Schema):
    """`start` and `end` on the clock of the site; `id` is the local start that the rule gave it (RECURRENCE-ID)."""

    id: str
    start: str
    end: str
    resource: int
    status: str


class BookingOut(Schema):
    id: int
    uid: str
    resource: int
    site: str
    title: str
    private: bool
    company: int | None
    organiser: str
    attendees: int | None
    note: str
    start: str
    end: str
    zone: str
    rrule: str
    occurrences: list[OccurrenceOut]


class Bookings(Schema):
    items: list[BookingOut]
    next: str | None


Text = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]
"""No database keeps a NUL, and nobody means one."""


class BookingIn(Schema):
    """`start` and `end` on the clock of the site, or with an offset. `skip`: local starts to leave out of a series."""

    resource: int
    start: str = Field(max_length=40)
    end: str = Field(max_length=40)
    title: Text = Field(max_length=200)
    rrule: str = Field("", max_length=400)
    skip: list[str] = Field([], max_length=1500)
    company: int | None = None
    attendees: int | None = Field(None, ge=1, le=100_000)
    note: Text = Field("", max_length=2000)
    private: bool = False


class Change(Schema):
    """What is not sent stays. `occurrence` is its `id`, for one time of a series, and `scope` how far the change goes."""

    start: str | None = Field(None, max_length=40)
    end: str | None = Field(None, max_length=40)
    resource: int | None = None
    occurrence: str = Field("", max_length=40)
    scope: Scope = Scope.THIS
    title: Text | None = Field(None, max_length=200)
    attendees: int | None = Field(None, ge=1, le=100_000)
    note: Text | None = Field(None, max_length=2000)
    private: bool | None = None


class Going(Schema):
    occurrence: str = Field("", max_length=40)
    scope: Scope = Scope.ALL
    until: date | None = None
    reason: Text = Field("", max_length=300)


class BookingFilters(Paging):
    resource: int | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False


def _visible(request: HttpRequest) -> Any:
    rows = Booking.objects.visible_to(request.user).select_related("resource__site", "organiser")
    return rows.defer("resource__vector", "resource__site__vector")


def _shape(account: Any, bookings: Iterable[Booking], occurrences: Sequence[Occurrence]) -> Any:
    times: dict[int, list[Occurrence]] = {}
    for one in occurrences:
        times.setdefault(one.booking_id, []).append(one)
    for booking in bookings:
        hides = not booking.tells(account.person_id)
        yield {
            "id": booking.pk,
            "uid": str(booking.uid),
            "resource": booking.resource_id,
            "site": booking.resource.site.code,
            "title": said_now("Private") if hides else booking.title,
            "private": booking.is_private,
            "company": booking.company_id,
            "organiser": booking.organiser.name,
            "attendees": booking.attendees,
            "note": "" if hides else booking.note,
            "start": written(booking.starts),
            "end": written(booking.ends),
            "zone": booking.zone,
            "rrule": booking.rule,
            "occurrences": [
                {
                    "id": written(one.recurs_at),
                    "start": written(one.starts),
                    "end": written(one.ends),
                    "resource": one.resource_id,
                    "status": one.status,
                }
                for one in times.get(booking.pk, [])
            ],
        }


def _one(request: HttpRequest, booking: Booking) -> tuple[dict[str, Any], str]:
    """As it is now, and its ETag: what was changed since another was given makes that one stale."""
    times = list(booking.occurrences.order_by("starts", "pk"))
    marks = [(one.pk, one.sequence, one.status) for one in times]
    text = repr((booking.pk, booking.title, booking.attendees, booking.note, booking.is_private, marks))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    return next(iter(_shape(request.user, [booking], times))), etag


def _answer(request: HttpRequest, booking: Booking, response: HttpResponse) -> dict[str, Any]:
    body, etag = _one(request, booking)
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

    def shape(found: list[Booking]) -> Iterable[Any]:
        times = Occurrence.objects.filter(booking__in=found).order_by("starts", "pk")
        return _shape(request.user, found, list(times))

    return paged(rows, filters, shape)


@router.post("", response={200: BookingOut, 201: BookingOut}, url_name="bookings", summary=_("Book a space"))
def create(
    request: HttpRequest,
    response: HttpResponse,
    wanted: BookingIn,
    key: str = Header("", alias="Idempotency-Key", max_length=200),
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
        booking = book(wish, audience=audience, by=account.person, skip=skip, key=key or None)
    except Invalid as error:
        raise _refused(error) from error
    except KeyReused as reused:
        return problem(409, str(reused))
    except Unavailable as refused:
        return _unavailable(account, wish, refused, audience)
    response["Location"] = reverse("api:booking", args=[booking.pk])
    booking.resource = space
    return 201, _answer(request, booking, response)


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
    body, etag = _one(request, get_object_or_404(_visible(request), pk=pk))
    response["ETag"] = etag
    return (304, None) if etag in known else body


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
    said = wanted.model_fields_set
    try:
        with transaction.atomic():
            booking = _held(request, pk, known)
            if said & {"start", "end", "resource"}:
                one = _occurrence(booking, wanted.occurrence)
                booking = _moved(account, booking, one, wanted)
            words = {
                "is_private" if name == "private" else name: getattr(wanted, name)
                for name in ("title", "attendees", "note", "private")
                if name in said and (getattr(wanted, name) is not None or name == "attendees")
            }
            if words:
                describe(booking, by=account.person, **words)
    except _Changed:
        return problem(412, said_now("Somebody has changed this booking meanwhile. Look at it again."))
    except Invalid as error:
        raise _refused(error) from error
    except Unavailable as refused:
        return _in_the_way(account, refused)
    except (Stale, TooLate) as error:
        return problem(409, str(error))
    return _answer(request, get_object_or_404(_visible(request), pk=booking.pk), response)


class _Changed(Exception):
    """The ETag that was sent is not that of the booking any more."""


def _held(request: HttpRequest, pk: int, known: str) -> Booking:
    """The booking, locked until the transaction ends: what `If-Match` says is true until then."""
    booking: Booking = get_object_or_404(_visible(request), pk=pk)
    if not request.user.has_perm("bookings.change", booking):
        raise Http404
    Booking.objects.select_for_update().get(pk=pk)
    if known and known != "*" and _one(request, booking)[1] not in known:
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
    account: Any = request.user
    try:
        with transaction.atomic():
            booking = _held(request, pk, known)
            one = _occurrence(booking, going.occurrence)
            cancel(one, scope=going.scope, until=going.until, reason=going.reason, by=account.person)
    except _Changed:
        return problem(412, said_now("Somebody has changed this booking meanwhile. Look at it again."))
    except Invalid as error:
        raise _refused(error) from error
    except (Stale, TooLate) as error:
        return problem(409, str(error))
    return _answer(request, booking, response)
