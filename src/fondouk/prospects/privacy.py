"""What is kept about those who came to the park, how long, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.people.privacy import Keeper, words_of
from fondouk.people.retention import Rule
from fondouk.prospects.actions.prospects import forget
from fondouk.prospects.models import FollowUp, Prospect


def _of(person: Person) -> Any:
    """Requests sent from one of their addresses, or with their telephone number."""
    said = Q(pk=None)
    for word in words_of(person):
        said |= Q(email__iexact=word) if "@" in word else Q(phone=word)
    return Prospect.objects.filter(said)


def collect(person: Person) -> dict[str, Any]:
    return {
        "requests": [
            {
                "at": prospect.asked_at.isoformat(),
                "name": prospect.name,
                "organisation": prospect.organisation,
                "phone": prospect.phone,
                "message": prospect.message,
                "follow_ups": [one.text for one in prospect.follow_ups.all()],
                "tours": [
                    {
                        "site": tour.site.code,
                        "starts_at": tour.starts_at and tour.starts_at.isoformat(),
                        "visitors": tour.visitors,
                        "ended_as": tour.ended_as,
                    }
                    for tour in prospect.tours.all()
                ],
                "letters": [
                    {"at": one.message.created_at.isoformat(), "subject": one.message.subject}
                    for one in prospect.letters.all()
                ],
            }
            for prospect in _of(person).prefetch_related("follow_ups", "tours__site", "letters__message")
        ],
        "follow_ups_written": [
            {"at": one.written_at.isoformat(), "text": one.text}
            for one in FollowUp.objects.filter(written_by=person)
        ],
    }


def erase(person: Person) -> None:
    """What somebody asked of the park goes with them, the tours included."""
    forget(_of(person))


def _over(before: datetime) -> Any:
    """Closed before; or never closed, and nothing was heard, said or awaited since."""
    later = FollowUp.objects.filter(prospect=OuterRef("pk"), written_at__gte=before)
    forgotten = Q(outcome="", asked_at__lt=before) & ~Exists(later)
    awaited = Q(next_on__gte=before.date()) | Q(tours__ends_at__gte=before)
    keys = Prospect.objects.filter(forgotten).exclude(awaited).values("pk")
    return Prospect.objects.filter(Q(closed_at__lt=before) | Q(pk__in=keys))


KEEPER = Keeper("prospects", collect, erase)
RULE = Rule(
    "prospects.prospects",
    _("Prospects, their tours and what was said with them"),
    _("after they were closed, or last heard of"),
    24,
    lambda before: _over(before).count(),
    lambda before: forget(_over(before)),
)
