"""Dealing with a request: who, what is said, how far it has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.people.models import Person
from fondouk.requests import verbs
from fondouk.requests.enums import DONE, OPEN, STAFF_STEPS, State
from fondouk.requests.models import Remark, Request
from fondouk.requests.signals import request_stepped

from .letters import ANSWERED, GIVEN, REPLIED, RESOLVED, tell

STILL = timedelta(days=7)
"""How long after it was resolved a resident may open it again; then it is closed."""


class Meanwhile(Exception):
    """Somebody has done something with it since it was read, or it is over. Nothing is written."""

    def __str__(self) -> str:
        return _("Somebody has dealt with this request meanwhile. Look at it again.")


def _locked(request: Request, sequence: int | None) -> Request:
    current = (
        Request.objects.select_for_update(of=("self",))
        .select_related("reporter", "assignee")
        .get(pk=request.pk)
    )
    if sequence is not None and sequence != current.sequence:
        raise Meanwhile
    return current


@transaction.atomic
def assign(request: Request, to: Person | None, *, by: Person, sequence: int | None = None) -> Request:
    """Give it to somebody of the staff, or to nobody. Raises `Meanwhile`."""
    current = _locked(request, sequence)
    if current.state not in OPEN:
        raise Meanwhile
    if current.assignee_id == (to.pk if to else None):
        return current
    Request.objects.filter(pk=current.pk).update(assignee=to, sequence=F("sequence") + 1)
    current.assignee, current.sequence = to, current.sequence + 1
    if to:
        record(verbs.ASSIGNED, current, by=by, person=to.name)
        if to.pk != by.pk:
            tell(GIVEN, current, to, by=by)
    else:
        record(verbs.UNASSIGNED, current, by=by)
    return current


@transaction.atomic
def say(
    request: Request,
    *,
    by: Person,
    is_staff: bool,
    text: str = "",
    state: State | None = None,
    is_internal: bool = False,
    sequence: int | None = None,
    now: datetime | None = None,
) -> Remark:
    """Write something about it, take it a step further, or both.

    The staff may take the steps of `STAFF_STEPS`; a resident withdraws it while it is open, and opens it again for a week
    after it was withdrawn or resolved. What a resident writes to one that awaits their answer sets it going again.

    Raises `ValidationError` where nothing is said, `Meanwhile` for a step that is none any more.
    """
    moment = now or timezone.now()
    current = _locked(request, sequence)
    was = State(current.state)
    if not is_staff and state is None and was == State.WAITING:
        state = State.UNDERWAY
    if state == was:
        state = None
    text = text.strip()
    if not text and state is None:
        raise ValidationError({"text": _("Write something.")})
    if state == State.WAITING and (not text or is_internal):
        raise ValidationError({"text": _("Ask the resident what you wait for.")})
    if state is None and was in (State.CLOSED, State.WITHDRAWN):
        raise Meanwhile
    if state is not None and not _may_step(current, was, state, is_staff, moment):
        raise Meanwhile
    remark = Remark.objects.create(
        request=current,
        by=by,
        at=moment,
        text=text,
        is_internal=is_internal,
        was=was if state else "",
        became=state or "",
    )
    fields = _after(current, state, moment, is_answer=is_staff and not is_internal)
    Request.objects.filter(pk=current.pk).update(**fields, sequence=F("sequence") + 1)
    if state:
        record(verbs.STEPS[state], current, by=by)
        current.state = state
        request_stepped.send(sender=Request, request=current)
    else:
        record(verbs.SAID, current, by=by)
    _tell_of(current, remark, state, is_staff, by)
    return remark


def _may_step(request: Request, was: State, to: State, is_staff: bool, now: datetime) -> bool:
    if is_staff:
        return to in STAFF_STEPS[was]
    if to == State.WITHDRAWN:
        return was in OPEN
    if to == State.NEW:
        return was == State.WITHDRAWN and request.closed_at is not None and now - request.closed_at <= STILL
    if to == State.UNDERWAY and was == State.RESOLVED:
        return request.resolved_at is not None and now - request.resolved_at <= STILL
    return to == State.UNDERWAY and was == State.WAITING


def _after(request: Request, state: State | None, now: datetime, *, is_answer: bool) -> dict[str, object]:
    fields: dict[str, object] = {}
    if is_answer and request.answered_at is None:
        fields["answered_at"] = now
    if state is None:
        return fields
    fields["state"] = state
    if state == State.RESOLVED:
        fields["resolved_at"] = now
    elif state in OPEN:
        fields |= {"resolved_at": None, "closed_at": None, "rating": None, "rating_note": ""}
    elif state == State.WITHDRAWN:
        fields["closed_at"] = now
    return fields


def _tell_of(request: Request, remark: Remark, state: State | None, is_staff: bool, by: Person) -> None:
    if is_staff:
        is_news = state == State.RESOLVED or (bool(remark.text) and not remark.is_internal)
        if is_news and request.reporter_id != by.pk:
            said = "" if remark.is_internal else remark.text
            tell(
                RESOLVED if state == State.RESOLVED else ANSWERED, request, request.reporter, by=by, text=said
            )
    elif request.assignee is not None and request.assignee_id != by.pk:
        tell(REPLIED, request, request.assignee, by=by, text=remark.text)


@transaction.atomic
def rate(request: Request, rating: int, *, note: str = "", by: Person) -> Request:
    """How satisfied they are, from 1 to 5: it is closed then. Raises `Meanwhile`, `ValidationError`."""
    if not 1 <= rating <= 5:
        raise ValidationError({"rating": _("From 1 to 5.")})
    current = _locked(request, None)
    if current.state not in DONE:
        raise Meanwhile
    now = timezone.now()
    Request.objects.filter(pk=current.pk).update(
        rating=rating,
        rating_note=note.strip(),
        state=State.CLOSED,
        closed_at=current.closed_at or now,
        sequence=F("sequence") + 1,
    )
    record(verbs.RATED, current, by=by, rating=rating)
    was = current.state
    current.refresh_from_db()
    if current.state != was:
        request_stepped.send(sender=Request, request=current)
    return current


@transaction.atomic
def close_resolved(*, now: datetime | None = None) -> int:
    """Close what was resolved a week ago and nobody has opened again. How many."""
    moment = now or timezone.now()
    late = Request.objects.filter(state=State.RESOLVED, resolved_at__lt=moment - STILL)
    keys = list(late.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Request.objects.filter(pk__in=keys).update(
        state=State.CLOSED, closed_at=moment, sequence=F("sequence") + 1
    )
    for one in Request.objects.filter(pk__in=keys).select_related("site", "category"):
        record(verbs.STEPS[State.CLOSED], one, by=None)
        request_stepped.send(sender=Request, request=one)
    return len(keys)
