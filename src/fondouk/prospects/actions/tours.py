"""Tours: wished for, planned with a guide, ended."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import a_day, a_word, record
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.prospects import verbs
from fondouk.prospects.enums import TourEnd
from fondouk.prospects.models import Prospect, Tour

from .letters import CANCELLED, MOVED, PLANNED, write_to

BESIDE = {
    "tour_guide_at_one_place": "guide",
    "tour_planned_as_a_whole": "ends",
    "tour_visitors_some": "visitors",
}


class TourEnded(Exception):
    """Somebody has said meanwhile how it ended."""


class TourMoved(Exception):
    """Somebody has planned it otherwise meanwhile."""


class ProspectClosed(Exception):
    """Somebody has closed the request meanwhile, or the visitor has withdrawn it."""


@transaction.atomic
def ask_for_tour(tour: Tour, *, by: Person | None) -> Tour:
    """A tour that is only wished for. Raises `ValidationError` where one is asked for already."""
    save(tour, beside=BESIDE)
    return tour


@transaction.atomic
def plan_tour(
    tour: Tour,
    *,
    starts_at: datetime,
    ends_at: datetime,
    guide: Person | None,
    by: Person,
    tell: bool = True,
    known: str | None = None,
) -> Tour:
    """Say when it is and who shows the way; the visitor is told, unless `tell` is no. `known` is what `when_known` gave to
    whoever decides.

    Raises `ProspectClosed`, `TourEnded`, `TourMoved` where it is not as it was known, or `ValidationError` beside `guide`
    who is elsewhere at that time, `ends`, or `visitors`.
    """
    _hold_open(tour.prospect)
    is_first, before = True, None
    if tour.pk:
        locked = Tour.objects.select_for_update().get(pk=tour.pk)
        if not locked.is_live:
            raise TourEnded
        tour.moves, is_first = locked.moves, locked.starts_at is None
        if known is not None and known != when_known(locked):
            raise TourMoved
        before = locked.begins
    if not is_first:
        tour.moves += 1
    tour.starts_at, tour.ends_at, tour.guide = starts_at, ends_at, guide
    save(tour, beside=BESIDE)
    verb = verbs.TOUR_PLANNED if is_first else verbs.TOUR_MOVED
    record(verb, tour.prospect, tour.site, by=by, on=a_day(tour.on()))
    if tell and starts_at > timezone.now():
        write_to(tour.prospect, PLANNED if is_first else MOVED, tour, before=before)
    return tour


def when_known(tour: Tour) -> str:
    """When a tour is, for a form to remember."""
    return tour.starts_at.isoformat() if tour.starts_at else "-"


def _hold_open(prospect: Prospect) -> None:
    if not Prospect.objects.select_for_update().get(pk=prospect.pk).is_open:
        raise ProspectClosed


@transaction.atomic
def end_tour(tour: Tour, end: TourEnd, *, by: Person | None, tell: bool = True) -> Tour:
    """It took place, nobody came, or it is called off: then the visitor is told.

    Raises `TourEnded`; `ValidationError` for one that took place without a time, or before it.
    """
    Prospect.objects.select_for_update().get(pk=tour.prospect_id)  # first, as everybody who changes its tours
    locked = Tour.objects.select_for_update().get(pk=tour.pk)
    if not locked.is_live:
        raise TourEnded
    if end != TourEnd.CANCELLED and locked.starts_at is not None and locked.starts_at > timezone.now():
        raise ValidationError(_("This visit is still to come."))
    locked.ended_as, locked.ended_at = end, timezone.now()
    save(locked, beside=BESIDE, fields=["ended_as", "ended_at"])
    record(verbs.TOUR_ENDED, locked.prospect, locked.site, by=by, end=a_word(end.label))
    if end == TourEnd.CANCELLED and tell and locked.starts_at and locked.starts_at > timezone.now():
        write_to(locked.prospect, CANCELLED, locked)
    return locked


@transaction.atomic
def revive_tour(tour: Tour, *, by: Person | None) -> Tour:
    """Undo what was said of its end; a visitor who was told that it is off is told when it is.

    Raises `ProspectClosed`, or `ValidationError` where another one lives meanwhile.
    """
    _hold_open(tour.prospect)
    locked = Tour.objects.select_for_update().get(pk=tour.pk)
    if not locked.is_live:
        was_off = locked.ended_as == TourEnd.CANCELLED
        locked.ended_as, locked.ended_at = "", None
        save(locked, beside=BESIDE, fields=["ended_as", "ended_at"])
        record(verbs.TOUR_REVIVED, locked.prospect, locked.site, by=by)
        if was_off and locked.starts_at and locked.starts_at > timezone.now():
            write_to(locked.prospect, PLANNED, locked)
    return locked


def cancel_live(prospect: Prospect, *, by: Person | None) -> list[Tour]:
    """Call off what is still to come, or only wished for; nobody is told by it. One that is over stays to be told of."""
    to_come = prospect.tours.live().exclude(starts_at__lte=timezone.now()).select_for_update(of=("self",))
    return [
        end_tour(tour, TourEnd.CANCELLED, by=by, tell=False)
        for tour in to_come.select_related("site", "prospect")
    ]
