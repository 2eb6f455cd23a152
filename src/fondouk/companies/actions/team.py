"""Who works for a company."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, Membership
from fondouk.lib.saving import save
from fondouk.people.models import Person


@transaction.atomic
def add_member(
    company: Company,
    person: Person,
    *,
    role: str,
    title: str = "",
    since: date | None = None,
    by: Person | None,
) -> Membership:
    Company.objects.hold(company)
    membership = Membership(
        company=company,
        person=person,
        role=role,
        title=title,
        period=DateRange(since or timezone.localdate(), None),
    )
    save(membership, beside={"one_membership": "name"})
    record(verbs.MEMBER_ADDED, company, person, by=by, person={"person": person.pk})
    return membership


@transaction.atomic
def change_member(membership: Membership, *, role: str, title: str, by: Person | None) -> Membership:
    """Another function, or another role from now on."""
    if (membership.role, membership.title) != (role, title):
        membership.role, membership.title = role, title
        membership.save(update_fields=["role", "title"])
        person = membership.person
        record(verbs.MEMBER_CHANGED, membership.company, person, by=by, person={"person": person.pk})
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Person | None) -> None:
    """As of today. A membership that began today is taken as a mistake and removed."""
    today = timezone.localdate()
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.period.lower is not None and locked.period.lower >= today:
        locked.delete()
    else:
        locked.period = DateRange(locked.period.lower, today)
        locked.save(update_fields=["period"])
    record(verbs.MEMBER_LEFT, locked.company, locked.person, by=by, person={"person": locked.person_id})
