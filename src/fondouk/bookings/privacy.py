"""What bookings keep about a person, and how it is forgotten."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db.models import Q

from fondouk.bookings.models import (
    Booking,
    CalendarFeed,
    Cancellation,
    CheckIn,
    Decision,
    InvitedPerson,
    Occurrence,
)
from fondouk.people.models import Person
from fondouk.people.privacy import Keeper, blotted, words_of
from fondouk.spaces.models import Claim


def collect(person: Person) -> dict[str, Any]:
    own = Booking.objects.filter(Q(organiser=person) | Q(made_by=person))
    return {
        "bookings": [
            {
                "title": booking.title,
                "note": booking.note,
                "space": booking.resource.code,
                "site": booking.resource.site.code,
                "starts": booking.starts.isoformat(),
                "ends": booking.ends.isoformat(),
                "rule": booking.rule,
                "times": booking.occurrences.count(),
            }
            for booking in own.select_related("resource__site").order_by("starts")
        ],
        "invited_by_mail": InvitedPerson.objects.filter(person=person).exists(),
        "cancelled": [
            {"at": one.at.isoformat(), "reason": one.reason} for one in Cancellation.objects.filter(by=person)
        ],
        "there_at": [
            {"space": one.occurrence.resource.code, "at": one.at.isoformat()}
            for one in CheckIn.objects.filter(by=person).select_related("occurrence__resource")
        ],
        "decided": [
            {"at": one.at.isoformat(), "granted": one.is_granted, "reason": one.reason}
            for one in Decision.objects.filter(by=person)
        ],
        "calendar_addresses": [
            {"of": str(feed), "made_at": feed.made_at.isoformat()}
            for feed in CalendarFeed.objects.filter(person=person)
        ],
    }


def erase(person: Person) -> None:
    """That a room was taken stays, without who took it: the name goes from titles and notes, the notes of what they booked
    altogether, and their calendar addresses end.
    """
    CalendarFeed.objects.filter(person=person).delete()
    InvitedPerson.objects.filter(person=person).delete()
    words = words_of(person)
    events: Any = apps.get_app_config("bookings").get_model("BookingEvent")
    own = list(Booking.objects.filter(Q(organiser=person) | Q(made_by=person)).values_list("pk", flat=True))
    told = Q(pk__in=own)
    for word in words:
        told |= Q(title__icontains=word) | Q(note__icontains=word)
    with pgtrigger.ignore("bookings.BookingEvent:append_only"):
        for booking in Booking.objects.filter(told):
            note = "" if booking.pk in own else blotted(booking.note, words)
            title = blotted(booking.title, words)
            Booking.objects.filter(pk=booking.pk).update(title=title, note=note)
            keys = list(Occurrence.objects.filter(booking=booking).values_list("pk", flat=True))
            if title != booking.title:
                shown = "" if booking.is_private else title
                Claim.objects.of(Occurrence.CLAIMS, keys).update(label=shown[:160])
            for event in events.objects.filter(pgh_obj_id=booking.pk):
                kept = {
                    "title": blotted(event.title, words),
                    "note": "" if booking.pk in own else blotted(event.note, words),
                }
                events.objects.filter(pk=event.pk).update(**kept)


KEEPER = Keeper("bookings", collect, erase)
