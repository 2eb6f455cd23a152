"""Migrations that make a new database in a tenth of the time: operations that follow each other are one for the state.

Django works the models of the whole project out again after each operation (`ProjectState.reload_model`), although of twenty
constraints in a row none needs to know of the others. `folded` makes one operation of them: the database is told the same
statements in the same order, the models are worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

CHANGES = (
    AddConstraint, AddField, AddIndex, AddTrigger,
    AlterField, AlterModelOptions,
    RemoveConstraint, RemoveIndex, RemoveTrigger,
)  # fmt: skip
"""They change a model that is there. Those that make models are kept apart, since a table is made with all that its model
has by the end of the operation.
"""


class Together(Operation):
    """`operations` of one kind (`CHANGES`, or all `CreateModel`), as one."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Any]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [self.operations], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            models = {(app_label, _model_of(one)) for one in self.operations}
            state.reload_models(models, delay=not any(map(_is_related, self.operations)))

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def folded(operations: Iterable[Operation]) -> list[Operation]:
    """The same, those of one kind that follow each other as one."""
    found: list[Operation] = []
    for kind, some in groupby(operations, key=_kind):
        group = list(some)
        found += [Together(group)] if kind and len(group) > 1 else group
    return found


def _kind(operation: Operation) -> str:
    if isinstance(operation, CreateModel):
        return "create"
    return "change" if isinstance(operation, CHANGES) else ""


def _model_of(operation: Any) -> str:
    is_named = isinstance(operation, CreateModel | AlterModelOptions)
    return str(operation.name if is_named else operation.model_name).lower()


def _is_related(operation: Operation) -> bool:
    """Whether models that refer to this one are to be worked out as well."""
    if isinstance(operation, AddField | AlterField):
        return bool(operation.field.is_relation)
    return isinstance(operation, CreateModel)
