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
from fondouk.imports.signals import rows_written
from fondouk.imports.snapshots import restored, snapshot
from fondouk.people.models import Person

from .applying import LOCK
from .writing import check_pending, move

IMPORT_UNDONE = verbs.register(
    "imports.import_undone", _("Undid the import of %(name)s"), icon="arrow-back-up"
)

REASONS = {
    "undone": _("This import has been undone already."),
    "changed": _("“%(subject)s” has been changed since: the import can no longer be undone as a whole."),
    "used": _(
        "Something was built on this import since (%(subject)s): it can no longer be undone as a whole."
    ),
}


class CannotUndo(Exception):
    """`code`: "undone" (already), "changed" (a row was changed since), "used" (something refers to a row)."""

    def __init__(self, code: str, subject: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.subject = subject

    def __str__(self) -> str:
        return str(REASONS[self.code]) % {"subject": self.subject}


def undo_import(run: Import, *, by: Person | None) -> ImportUndo:
    """Everything back as before. Raises `CannotUndo`, and then nothing has changed."""
    try:
        with transaction.atomic():
            return _undo(run, by)
    except IntegrityError as error:
        raise CannotUndo("used", _user_of(error)) from error


def _undo(run: Import, by: Person | None) -> ImportUndo:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if ImportUndo.objects.filter(run=run).exists():
        raise CannotUndo("undone")
    by_model: dict[type[models.Model], list[ImportedChange]] = {}
    for change in run.changes.all():
        by_model.setdefault(apps.get_model(change.model), []).append(change)
    for model, changes in reversed(by_model.items()):
        _check(model, changes)
    # First all that the import made, which may stand where something else stood before it.
    for model, changes in reversed(by_model.items()):
        made = [change.record for change in changes if change.before is None]
        with pgtrigger.ignore(*_deletion_guards(model)):
            rows = model._base_manager.filter(pk__in=made)
            rows._raw_delete(rows.db)
    for model, changes in by_model.items():
        _restore(model, [change for change in changes if change.before is not None])
    keys = {model: {change.record for change in changes} for model, changes in by_model.items()}
    rows_written.send(sender=Import, keys=keys, is_undo=True)
    check_pending()  # now, not at commit: a reference that remains means that something was built on the import
    undo = ImportUndo.objects.create(run=run, by=by)
    record(IMPORT_UNDONE, run, by=by, name=run.name)
    return undo


def _check(model: type[models.Model], changes: list[ImportedChange]) -> None:
    """Every record as the import left it. They stay locked, so that they remain so."""
    records = model._base_manager.select_for_update().in_bulk([change.record for change in changes])
    for change in changes:
        current = records.get(change.record)
        if current is None or not _stands(snapshot(current), change.after):
            raise CannotUndo("changed", str(current or model._meta.verbose_name))


def _restore(model: type[models.Model], changes: list[ImportedChange]) -> None:
    updates: list[tuple[Any, dict[str, Any], dict[str, Any]]] = []
    for change in reversed(changes):
        updates.append((change.record, restored(model, change.after), restored(model, change.before or {})))
    move(model, updates)


def _stands(now: dict[str, Any], after: dict[str, Any]) -> bool:
    return all(now.get(name) == value for name, value in after.items())


def _deletion_guards(model: type[models.Model]) -> list[str]:
    """Triggers that forbid deletion in daily life: undoing an import is the one exception."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name == "no_delete"
    ]


def _user_of(error: IntegrityError) -> str:
    """What still refers to a row of the import, as people call it."""
    table = getattr(getattr(error.__cause__, "diag", None), "table_name", None)
    model = next((known for known in apps.get_models() if known._meta.db_table == table), None)
    return str(model._meta.verbose_name) if model else ""
