"""Undoing a whole import, while nothing has been built on it."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from fondouk.audit import verbs
from fondouk.audit.actions import record
from fondouk.imports.models import Import, ImportedChange, ImportUndo
from fondouk.imports.snapshots import restored, snapshot
from fondouk.people.models import Person

from .applying import LOCK

IMPORT_UNDONE = verbs.register("imports.import_undone", _("Undid the import of %(name)s"), icon="arrow-back-up")


class CannotUndo(Exception):
    """`code`: "undone" (already), "changed" (a row was changed since), "used" (something refers to a row)."""

    def __init__(self, code: str, subject: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.subject = subject


def undo_import(run: Import, *, by: Person | None) -> ImportUndo:
    """Everything back as before. Raises `CannotUndo`, and then nothing has changed."""
    try:
        with transaction.atomic():
            return _undo(run, by)
    except IntegrityError as error:
        raise CannotUndo("used") from error


def _undo(run: Import, by: Person | None) -> ImportUndo:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if ImportUndo.objects.filter(run=run).exists():
        raise CannotUndo("undone")
    by_model: dict[str, list[ImportedChange]] = {}
    for change in run.changes.all():
        by_model.setdefault(change.model, []).append(change)
    for label, changes in reversed(by_model.items()):
        _undo_model(apps.get_model(label), changes)
    with connection.cursor() as cursor:
        # Now, not at commit: a reference that remains means that something was built on the import.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    undo = ImportUndo.objects.create(run=run, by=by)
    record(IMPORT_UNDONE, run, by=by, name=run.name)
    return undo


def _undo_model(model: type[models.Model], changes: list[ImportedChange]) -> None:
    records = model._base_manager.select_for_update().in_bulk([change.record for change in changes])
    doomed: list[int] = []
    for change in changes:
        current = records.get(change.record)
        if current is None or not _stands(snapshot(current), change.after):
            raise CannotUndo("changed", str(current or change))
        if change.before is None:
            doomed.append(change.record)
        else:
            values: dict[str, Any] = restored(model, change.before)
            model._base_manager.filter(pk=change.record).update(**values)
    with pgtrigger.ignore(*_deletion_guards(model)):
        rows = model._base_manager.filter(pk__in=doomed)
        rows._raw_delete(rows.db)  # type: ignore[attr-defined]


def _stands(now: dict[str, Any], after: dict[str, Any]) -> bool:
    return all(now.get(name) == value for name, value in after.items())


def _deletion_guards(model: type[models.Model]) -> list[str]:
    """Triggers that forbid deletion in daily life: undoing an import is the one exception."""
    return [
        f"{model._meta.label}:{trigger.name}" for trigger in getattr(model._meta, "triggers", []) if trigger.name == "no_delete"
    ]
