"""What requests keep about a person, and how it is forgotten."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db.models import Q

from fondouk.people.models import Person
from fondouk.people.privacy import Keeper, blotted, words_of
from fondouk.requests.models import Remark, Request


def collect(person: Person) -> dict[str, Any]:
    return {
        "requests": [
            {
                "number": one.pk,
                "title": one.title,
                "text": one.text,
                "made_at": one.made_at.isoformat(),
                "state": one.state,
                "rating": one.rating,
                "rating_note": one.rating_note,
                "photos": [photo.file.name for photo in one.photos.all()],
            }
            for one in Request.objects.filter(reporter=person).prefetch_related("photos__file")
        ],
        "remarks": [
            {"request": one.request_id, "at": one.at.isoformat(), "text": one.text}
            for one in Remark.objects.filter(by=person)
        ],
    }


def erase(person: Person) -> None:
    """That something was asked and done stays; who it was goes from what was written, and their own words altogether."""
    words = words_of(person)
    events: Any = apps.get_app_config("requests").get_model("RequestEvent")
    told = Q(reporter=person)
    for word in words:
        told |= Q(title__icontains=word) | Q(text__icontains=word) | Q(rating_note__icontains=word)
    with pgtrigger.ignore("requests.RequestEvent:append_only"):
        for one in Request.objects.filter(told):
            is_own = one.reporter_id == person.pk
            Request.objects.filter(pk=one.pk).update(**_clean(one, words, is_own))
            for event in events.objects.filter(pgh_obj_id=one.pk):
                events.objects.filter(pk=event.pk).update(**_clean(event, words, is_own))
    said = Q(by=person)
    for word in words:
        said |= Q(text__icontains=word)
    for remark in Remark.objects.filter(said).exclude(text=""):
        Remark.objects.filter(pk=remark.pk).update(text=blotted(remark.text, words) or "—")


def _clean(one: Any, words: set[str], is_own: bool) -> dict[str, str]:
    return {
        "title": blotted(one.title, words),
        "text": "" if is_own else blotted(one.text, words),
        "rating_note": "" if is_own else blotted(one.rating_note, words),
    }


KEEPER = Keeper("requests", collect, erase)
