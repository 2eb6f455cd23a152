"""What a booking says of itself: its title, how many come, a note. When and where is for `move`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.bookings import refusals, verbs
from fondouk.bookings.enums import LIVE
from fondouk.bookings.models import Booking, is_told
from fondouk.bookings.wishes import Stale
from fondouk.people.models import Person
from fondouk.spaces.models import Claim

from .booking import TITLE
from .holding import KIND, label_of

FIELDS = ("title", "attendees", "note", "is_private")
SECRETS = ("title", "note", "is_private")
"""What of a private booking is for those alone who take part in it."""
SALT = "bookings.words"


def mark_of(booking: Booking) -> str:
    """Of what a booking says of itself: another once any of it has changed."""
    said = repr([booking.pk, *(getattr(booking, name) for name in FIELDS)])
    return salted_hmac(SALT, said).hexdigest()[:16]  # nobody tries out what a private title may be


@transaction.atomic
def describe(booking: Booking, *, by: Person, mark: str = "", **said: Any) -> Booking:
    """Change any of `FIELDS`. Calendars hear of it for all times still to come. Raises `ValidationError` by field."""
    # `mark`: that of the words that were read (`mark_of`); other words by now raise `Stale`.
    if unknown := said.keys() - set(FIELDS):
        raise TypeError(f"a booking says nothing of {', '.join(sorted(unknown))}")
    locked = Booking.objects.select_for_update().get(pk=booking.pk)
    if mark and mark != mark_of(locked):
        raise Stale(locked)
    if not is_told(locked, by.pk) and (secrets := [name for name in said if name in SECRETS]):
        sentence = _("This booking is private: its organiser may change that.")
        raise ValidationError(dict.fromkeys(secrets, sentence))
    changed = [name for name, value in said.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, said[name])
    coming = locked.occurrences.filter(status__in=LIVE, during__endswith__gt=timezone.now())
    problems: dict[str, Any] = {}
    if not locked.title.strip() or len(locked.title) > TITLE:
        problems["title"] = refusals.title(TITLE)
    least = coming.aggregate(least=Min("resource__capacity"))["least"]
    if "attendees" in changed and locked.attendees and least and locked.attendees > least:
        problems["attendees"] = refusals.capacity(least)
    if problems:
        raise ValidationError(problems)
    if not changed:
        return locked
    locked.save(update_fields=changed)
    keys = list(coming.values_list("pk", flat=True))
    coming.update(sequence=F("sequence") + 1)
    Claim.objects.of(KIND, keys).update(label=label_of(locked.title, locked.is_private)[:160])
    record(verbs.DESCRIBED, locked, by=by, title=locked.open_title, fields=changed)
    return locked
