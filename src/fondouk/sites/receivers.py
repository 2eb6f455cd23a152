"""Facts announced by people, below, that roles follow."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fondouk.audit.actions import record
from fondouk.people import signals
from fondouk.people.models import Person
from fondouk.sites import verbs
from fondouk.sites.models import Grant


@receiver(signals.person_joined)
def _roles_pass(placeholder: Person, person: Person, **extra: Any) -> None:
    """A role that the person holds there already is not held twice."""
    for grant in placeholder.grants.all():
        held = Grant.objects.filter(person=person, role=grant.role, site=grant.site)
        if held.filter(period__overlap=grant.period).exists():
            grant.delete()
            continue
        grant.person = person
        grant.save(update_fields=["person"])
        record(
            verbs.ROLE_GIVEN,
            person,
            by=grant.granted_by,
            person={"person": person.pk},
            role=grant.role,
            site=grant.site_id,
        )
