"""Loading the demonstration into an empty database, and clearing it away again."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import connection, transaction

from fondouk.demo import queries, tables
from fondouk.demo.models import Clearing, KeptTable
from fondouk.files.models import StoredFile
from fondouk.imports.actions import hold_imports
from fondouk.lib.demonstration import Scene
from fondouk.sites.actions import hold_setting_up
from fondouk.sites.models import Network

LARGE = 0.2
"""The scale from which statistics are worth their second after each part."""


class NotEmpty(Exception):
    """The database holds something: the demonstration never joins it."""


class NotLoaded(Exception):
    """There is no demonstration to clear."""


def load_demonstration(scene: Scene) -> None:
    """All of it or nothing. Raises `NotEmpty` where there is a person, a site or a company, loaded before or real."""
    with transaction.atomic():
        _hold()
        if not queries.is_empty():
            raise NotEmpty
        KeptTable.objects.bulk_create(
            KeptTable(name=name, rows=rows) for name in tables.tables() if (rows := tables.rows_of(name))
        )
        Network.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
        for name, part in queries.parts():
            scene.say(name)
            part.load(scene)
            if scene.scale >= LARGE:
                # The parts above read thousands of rows that no statistics know yet.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
    queries.forget()


def clear_demonstration() -> None:
    """The database as it was before, whatever people did in the meantime, but that it remembers. Raises `NotLoaded`."""
    with transaction.atomic():
        _hold()
        if not queries.is_loaded():
            raise NotLoaded
        kept = dict(KeptTable.objects.values_list("name", "rows"))
        files = list(StoredFile.objects.values_list("content", flat=True))
        tables.empty(tables.tables())
        tables.put_back(kept)
        Clearing.objects.create()
        transaction.on_commit(lambda: _remove(files))
    queries.forget()


def _remove(files: list[str]) -> None:
    for name in files:
        default_storage.delete(name)


def _hold() -> None:
    hold_setting_up()
    hold_imports()
