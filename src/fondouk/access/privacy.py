"""What access keeps about a person, how long, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.access.enums import HELD, State
from fondouk.access.models import Credential, Passage, WifiAccount
from fondouk.people.models import Person
from fondouk.people.privacy import Keeper
from fondouk.people.retention import Rule


def collect(person: Person) -> dict[str, Any]:
    return {
        "wifi": [
            {"username": one.username, "company": str(one.company), "made_at": one.made_at.isoformat()}
            for one in WifiAccount.objects.filter(person=person).select_related("company")
        ],
        "badges_and_keys": [
            {
                "kind": one.kind,
                "number": one.number,
                "state": one.state,
                "issued_at": one.issued_at.isoformat(),
                "ended_at": one.ended_at and one.ended_at.isoformat(),
            }
            for one in Credential.objects.filter(person=person)
        ],
        "doors": [
            {"door": one.door.name, "at": one.at.isoformat(), "refusal": one.refusal}
            for one in Passage.objects.filter(credential__person=person).select_related("door")
        ],
    }


def erase(person: Person) -> None:
    """Their Wi-Fi goes, and where they passed; a badge that is still out is the company's, or lost."""
    WifiAccount.objects.filter(person=person).delete()
    theirs = Credential.objects.filter(person=person)
    Passage.objects.filter(credential__in=theirs).delete()
    for one in theirs.filter(company=None, state__in=HELD):
        one.state, one.ended_at = State.LOST, datetime.now(tz=one.issued_at.tzinfo)
        one.save(update_fields=["state", "ended_at"])
    theirs.exclude(company=None).update(person=None)


KEEPER = Keeper("access", collect, erase)
RULE = Rule(
    "access.passages",
    _("Who passed which door"),
    _("after they passed"),
    3,
    lambda before: Passage.objects.filter(at__lt=before).count(),
    lambda before: Passage.objects.filter(at__lt=before).delete()[0],
)
