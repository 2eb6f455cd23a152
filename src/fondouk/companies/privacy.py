"""What companies keeps about a person, and how it is forgotten."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db.models import Q

from fondouk.companies.models import Company, CompanyDocument, CompanyNote, Figure, FigureRequest
from fondouk.people.models import Person
from fondouk.people.privacy import Keeper, blotted, words_of


def collect(person: Person) -> dict[str, Any]:
    return {
        "teams": [
            {
                "company": membership.company.name,
                "role": membership.role,
                "title": membership.title,
                "from": membership.period.lower and membership.period.lower.isoformat(),
                "to": membership.period.upper and membership.period.upper.isoformat(),
            }
            for membership in person.memberships.select_related("company")
        ],
        "followed": [
            {
                "company": followed.company.name,
                "from": followed.period.lower and followed.period.lower.isoformat(),
            }
            for followed in person.stewardships.select_related("company")
        ],
        "notes": [
            {"company": note.company.name, "at": note.written_at.isoformat(), "text": note.text}
            for note in CompanyNote.objects.filter(written_by=person).select_related("company")
        ],
        "documents": [
            {"company": document.company.name, "at": document.added_at.isoformat(), "title": document.title}
            for document in CompanyDocument.objects.filter(added_by=person).select_related("company")
        ],
        "figures_asked": [
            {"company": asked.company.name, "year": asked.campaign.year, "to": asked.address}
            for asked in FigureRequest.objects.filter(person=person).select_related("company", "campaign")
        ],
        "figures_declared": Figure.objects.filter(declared_by=person).count(),
    }


def erase(person: Person) -> None:
    """Memberships stay: without a name and a function they say only how many people a company had. A contact's own
    address or telephone number goes from the company they stood for and from what it was asked, and their name from notes.
    """
    words = words_of(person)
    ways = {word.casefold() for word in words}
    events = apps.get_app_config("companies")
    with pgtrigger.ignore(
        "companies.CompanyEvent:append_only",
        "companies.CompanyNoteEvent:append_only",
        "companies.MembershipEvent:append_only",
    ):
        person.memberships.exclude(title="").update(title="")
        asked = Q(person=person)
        for way in ways:
            asked |= Q(address__iexact=way)
        FigureRequest.objects.filter(asked).update(address="", person=None)
        events.get_model("MembershipEvent")._base_manager.filter(person_id=person.pk).update(title="")
        for companies in (Company._base_manager, events.get_model("CompanyEvent")._base_manager):
            for column in ("email", "phone"):
                said = Q()
                for way in ways:
                    said |= Q(**{f"{column}__iexact": way})
                companies.filter(said).exclude(**{column: ""}).update(**{column: ""}) if said else None
        for notes in (CompanyNote._base_manager, events.get_model("CompanyNoteEvent")._base_manager):
            for key, text in notes.filter(_says(words)).values_list("pk", "text") if words else ():
                notes.filter(pk=key).update(text=blotted(text, words))


def _says(words: set[str]) -> Q:
    said = Q()
    for word in words:
        said |= Q(text__icontains=word)
    return said


KEEPER = Keeper("companies", collect, erase)
