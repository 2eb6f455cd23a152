"""What an import will write, gathered while it is planned."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from django.db import models


class Writer:
    """What is to be created, and what changes with the values that stood before.

    A planner checks every step against the state that the steps before it leave, so that writing them in that
    order breaks no constraint.
    """

    def __init__(self) -> None:
        self.created: dict[type[models.Model], list[models.Model]] = {}
        self.updated: dict[type[models.Model], dict[Any, tuple[models.Model, dict[str, Any]]]] = {}
        self.about: list[tuple[str, models.Model]] = []

    def create(self, record: models.Model) -> models.Model:
        self.created.setdefault(type(record), []).append(record)
        return record

    def update(self, record: models.Model, **values: Any) -> bool:
        """Set the values that differ; true when any does. Old values are kept for the undo."""
        changed = {name: value for name, value in values.items() if not _same(getattr(record, name), value)}
        if not changed:
            return False
        if record.pk is not None:
            _record, before = self.updated.setdefault(type(record), {}).setdefault(record.pk, (record, {}))
            for name in changed:
                before.setdefault(name, getattr(record, name))
        for name, value in changed.items():
            setattr(record, name, value)
        return True

    def tell(self, verb: str, record: models.Model) -> None:
        """An audit line for `record`, once the import is written."""
        self.about.append((verb, record))

    @property
    def is_empty(self) -> bool:
        return not self.created and not self.updated

    def in_order(self) -> list[tuple[type[models.Model], list[models.Model]]]:
        """What is created, parents before their children."""
        before = {
            model: {field.related_model for field in model._meta.concrete_fields if field.is_relation}
            - {model}
            for model in self.created
        }
        order = TopologicalSorter(
            {
                model: [parent for parent in self.created if parent in parents]
                for model, parents in before.items()
            }
        )
        return [(model, self.created[model]) for model in order.static_order()]


def _same(before: Any, after: Any) -> bool:
    """Equal, spaces of a text aside: a cell cannot say how many of them stand between two words."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    return bool(before == after)
