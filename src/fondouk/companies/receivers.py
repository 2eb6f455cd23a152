"""Facts announced by people, below, that teams follow."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fondouk.audit.actions import record
from fondouk.companies.models import Membership
from fondouk.companies.verbs import MEMBER_ADDED
from fondouk.people import signals
from fondouk.people.models import Person


@receiver(signals.person_joined)
def _memberships_pass(placeholder: Person, person: Person, **extra: Any) -> None:
    """Where the person is in the team at that time already, that place stands."""
    for membership in placeholder.memberships.select_related("company"):
        held = Membership.objects.filter(company=membership.company, person=person)
        if held.filter(period__overlap=membership.period).exists():
            membership.delete()
            continue
        membership.person = person
        membership.save(update_fields=["person"])
        record(MEMBER_ADDED, membership.company, person, by=person, person={"person": person.pk})
