"""Texts of the public site: written, and brought back as they stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.editorial import verbs
from fondouk.editorial.models import LANGUAGES, Text
from fondouk.people.models import Person


@transaction.atomic
def save_text(key: str, bodies: Mapping[str, str], *, by: Person | None) -> Text:
    """`bodies` by language. What stood before stays in the history. Written as it stands, nothing is said of it."""
    with connection.cursor() as cursor:  # two who write a place for the first time do so one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"editorial.text:{key}"])
    text = Text.objects.select_for_update().filter(key=key).first() or Text(key=key)
    before = {code: getattr(text, f"body_{code}") for code in LANGUAGES}
    given = {code: bodies.get(code, "").strip() for code in LANGUAGES}
    if given != before:
        for code, body in given.items():
            setattr(text, f"body_{code}", body)
        text.changed_at, text.changed_by = timezone.now(), by
        text.save()
        record(verbs.TEXT_CHANGED, text, by=by)
    return text


@transaction.atomic
def restore_text(text: Text, version: int, *, by: Person) -> Text:
    """As it stood in a version of its own history. Raises `LookupError` for another's."""
    events: Any = apps.get_model("editorial", "TextEvent").objects
    row = events.filter(pgh_obj=text.pk, pgh_id=version).first()
    if row is None:
        raise LookupError(version)
    return save_text(text.key, {code: getattr(row, f"body_{code}") for code in LANGUAGES}, by=by)
