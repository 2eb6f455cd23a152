"""Making persons known and correcting what is known of them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fondouk.people import signals
from fondouk.people.models import Person, PersonEmail


@transaction.atomic
def create_person(
    *, name: str, email: str = "", phone: str = "", language: str = "fr", name_ar: str = "", by: Person | None
) -> Person:
    person = Person.objects.create(name=name, name_ar=name_ar, phone=phone, language=language)
    if email:
        PersonEmail.objects.create(person=person, address=email, is_main=True)
    signals.person_created.send(Person, person=person, by=by)
    return person


@transaction.atomic
def change_person(person: Person, *, by: Person | None, email: str | None = None, **values: Any) -> Person:
    """Set `values`; `email` becomes the main address. Nothing is announced when nothing changes."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    changed = [field for field, value in values.items() if getattr(locked, field) != value]
    for field in changed:
        setattr(locked, field, values[field])
    if changed:
        locked.save(update_fields=changed)
    if email is not None and email != locked.main_email:
        set_main_email(locked, email)
        changed.append("email")
    if changed:
        signals.person_changed.send(Person, person=locked, fields=changed, by=by)
    return locked


@transaction.atomic
def set_main_email(person: Person, address: str) -> None:
    """`address` becomes the one to write to; "" leaves none. Other addresses stay known."""
    person.emails.filter(is_main=True).update(is_main=False)
    if not address:
        return
    known = person.emails.filter(address__iexact=address).first()
    if known:
        known.is_main = True
        known.address = address
        known.save(update_fields=["is_main", "address"])
    else:
        PersonEmail.objects.create(person=person, address=address, is_main=True)
