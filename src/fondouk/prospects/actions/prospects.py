"""Requests: received, noted, given to somebody, followed up, closed, forgotten."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import a_word, record
from fondouk.companies.models import Company
from fondouk.lib.saving import save
from fondouk.mail.actions import forget as forget_messages
from fondouk.mail.models import Message
from fondouk.people.models import Person
from fondouk.prospects import verbs
from fondouk.prospects.enums import Outcome, TourEnd
from fondouk.prospects.models import FollowUp, Letter, Prospect, Tour

from .letters import CANCELLED, RECEIVED, write_to
from .tours import ProspectClosed, cancel_live, revive_tour

TOLD = ("name", "organisation", "email", "phone", "purpose", "site", "message")
AGAIN = timedelta(hours=1)
"""Who says the same within that time has gone back and sent it again."""
BESIDE = {"prospect_can_be_answered": "email", "tour_visitors_some": "visitors"}


def receive_prospect(prospect: Prospect, *, tour: Tour | None = None) -> Prospect:
    """What a visitor sends by the public form, with the tour wished for. Sent twice (`sent_key`, or the same words and
    the same wish within the hour), it counts once. Who says the same words with another form is told by letter only:
    whoever guesses them does not learn the link.

    Raises `ValidationError` beside the fields it speaks of.
    """
    told = {name: getattr(prospect, name) for name in TOLD}
    same = Prospect.objects.open().filter(**told, asked_at__gte=timezone.now() - AGAIN).first()
    if same is not None and _wish(same.tours.first()) == _wish(tour):
        if same.sent_key != prospect.sent_key:
            write_to(same, RECEIVED, tour)
        return same
    try:
        with transaction.atomic():
            _write(prospect, tour)
            record(verbs.PROSPECT_RECEIVED, prospect, by=None)
            write_to(prospect, RECEIVED, tour)
    except (IntegrityError, ValidationError):
        before = Prospect.objects.filter(sent_key=prospect.sent_key).exclude(sent_key=None).first()
        if before is None:
            raise
        return before
    return prospect


def _wish(tour: Tour | None) -> tuple[Any, ...] | None:
    if tour is None:
        return None
    return tour.site_id, tour.wished_on, tour.wished_part, tour.visitors


@transaction.atomic
def note_prospect(prospect: Prospect, *, tour: Tour | None = None, by: Person) -> Prospect:
    """Somebody who telephoned, wrote or came by. Raises `ValidationError` beside the fields it speaks of."""
    _write(prospect, tour)
    record(verbs.PROSPECT_NOTED, prospect, by=by)
    return prospect


def _write(prospect: Prospect, tour: Tour | None) -> None:
    save(prospect, beside=BESIDE)
    if tour is not None:
        tour.prospect = prospect
        save(tour, beside=BESIDE)


@transaction.atomic
def change_prospect(prospect: Prospect, *, fields: Collection[str], by: Person) -> Prospect:
    """Save these fields, already set: what others wrote meanwhile in the rest stays."""
    save(prospect, beside=BESIDE, fields=fields)
    record(verbs.PROSPECT_CHANGED, prospect, by=by)
    return prospect


@transaction.atomic
def assign_prospect(prospect: Prospect, steward: Person | None, *, by: Person) -> Prospect:
    """From now on `steward` deals with it; None: nobody."""
    locked = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if locked.steward_id != (steward.pk if steward else None):
        locked.steward = steward
        locked.save(update_fields=["steward"])
        if steward is None:
            record(verbs.PROSPECT_RELEASED, locked, by=by)
        else:
            record(verbs.PROSPECT_ASSIGNED, locked, by=by, person={"person": steward.pk})
    return locked


@transaction.atomic
def follow_up(prospect: Prospect, text: str, *, next_on: date | None, by: Person) -> FollowUp:
    """Note what was said, and when to come back to it; no day: nothing is awaited. Whoever writes first deals with it.

    Raises `ProspectClosed`, or `ValidationError` beside `text`.
    """
    locked = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if not locked.is_open:
        raise ProspectClosed
    said = FollowUp(prospect=locked, text=text.strip(), written_by=by)
    save(said, beside={"follow_up_says_something": "text"})
    locked.next_on = next_on
    locked.steward_id = locked.steward_id or by.pk
    locked.save(update_fields=["next_on", "steward"])
    record(verbs.PROSPECT_FOLLOWED_UP, locked, by=by)
    return said


@transaction.atomic
def remove_follow_up(
    said: FollowUp, *, noted: date | None, next_on: date | None, steward: int | None
) -> None:
    """As if it had not been noted (with the day `noted`): with the day and the person of before, unless somebody has set
    others since.
    """
    prospect = Prospect.objects.select_for_update().get(pk=said.prospect_id)
    record(verbs.FOLLOW_UP_REMOVED, prospect, by=said.written_by)
    said.delete()
    if prospect.next_on == noted:
        prospect.next_on = next_on
    if prospect.steward_id == said.written_by_id:
        prospect.steward_id = steward
    prospect.save(update_fields=["next_on", "steward"])


@transaction.atomic
def close_prospect(
    prospect: Prospect, outcome: Outcome, *, company: Company | None = None, by: Person | None
) -> Prospect:
    """Say what came of it. A tour that is still to come is called off, and the visitor told.

    Raises `ProspectClosed` where somebody was quicker, `ValidationError` beside the company where one is said to have
    come of it and none is named.
    """
    locked = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if outcome == Outcome.SETTLED and company is None:
        raise ValidationError({"company": _("Say which company came of it.")})
    if not locked.is_open:
        raise ProspectClosed
    locked.outcome = outcome
    locked.company = company if outcome == Outcome.SETTLED else None
    locked.closed_at, locked.closed_by, locked.next_on = timezone.now(), by, None
    locked.save(update_fields=["outcome", "company", "closed_at", "closed_by", "next_on"])
    record(verbs.PROSPECT_CLOSED, locked, *_named(company), by=by, outcome=a_word(outcome.label))
    for tour in cancel_live(locked, by=by):
        if outcome != Outcome.WITHDRAWN and tour.starts_at and tour.starts_at > timezone.now():
            write_to(locked, CANCELLED, tour)
    return locked


def _named(company: Company | None) -> list[Any]:
    return [company] if company is not None else []


@transaction.atomic
def reopen_prospect(prospect: Prospect, *, by: Person | None) -> Prospect:
    locked = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if not locked.is_open:
        locked.outcome, locked.closed_at, locked.closed_by, locked.company = "", None, None, None
        locked.save(update_fields=["outcome", "closed_at", "closed_by", "company"])
        record(verbs.PROSPECT_REOPENED, locked, by=by)
    return locked


def withdraw_prospect(prospect: Prospect) -> Prospect:
    """The visitor, by their own link: neither tour nor answer is wanted any more."""
    with suppress(ProspectClosed):
        return close_prospect(prospect, Outcome.WITHDRAWN, by=None)
    return prospect


@transaction.atomic
def resume_prospect(prospect: Prospect) -> Prospect:
    """The visitor, by their own link: what they withdrew themselves is wanted after all, and with it the wish to come."""
    locked = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if locked.outcome != Outcome.WITHDRAWN:
        return locked
    withdrawn_at = locked.closed_at
    resumed = reopen_prospect(locked, by=None)
    called_off = {"ended_as": TourEnd.CANCELLED, "starts_at": None, "ended_at__gte": withdrawn_at}
    last = resumed.tours.filter(**called_off).first()
    if last is not None and not resumed.tours.live().exists():
        revive_tour(last, by=None)
    return resumed


@transaction.atomic
def erase_prospect(prospect: Prospect, *, by: Person) -> None:
    """Nothing stays but the line of the audit that it was."""
    record(verbs.PROSPECT_ERASED, prospect, by=by)
    forget(Prospect.objects.filter(pk=prospect.pk))


def forget(prospects: Any) -> int:
    """Remove them with their tours, what was said, and the letters written to them: how many."""
    keys = list(prospects.values_list("pk", flat=True))
    letters = Letter.objects.filter(prospect__in=keys).values_list("message", flat=True)
    forget_messages(Message.objects.filter(pk__in=list(letters)))
    return int(prospects.delete()[1].get("prospects.Prospect", 0))
