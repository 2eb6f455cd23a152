"""Commands and the database: use the one that runs, else start the embedded one, and leave it as it was
found.
"""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from fondouk.project.cli.errors import Missing
from fondouk.project.cli.server import check_address, unfit
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import EmbeddedServer

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

# One migration at a time, whoever starts it.
MIGRATION_LOCK = 7_201_925


@contextmanager
def database_session(*, migrate: bool = True) -> Iterator[DataFolder]:
    """Django set up on a database that answers and, unless told otherwise, has the schema of this version.

    Holds a claim on the embedded server for the time of the block; sets DATABASE_URL where it was not set.
    """
    data = DataFolder.from_environment()
    server = None
    if os.environ.get("DATABASE_URL"):
        check_address()
    else:
        server = EmbeddedServer(data).start()
        os.environ["DATABASE_URL"] = server.url
    try:
        _set_up_django()
        _finish_restore(data)
        if migrate:
            bring_schema_up_to_date()
        yield data
    finally:
        if server is not None:
            _close_connections()
            server.stop()
            os.environ.pop("DATABASE_URL", None)


def needs_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command runs inside `database_session()`. Stand it below click's decorators."""

    @functools.wraps(command)
    def inside(*arguments: Any, **options: Any) -> Any:
        with database_session():
            return command(*arguments, **options)

    return inside


def bring_schema_up_to_date() -> bool:
    """Migrate when something is left to do, and make the cache's table. True when it had to migrate."""
    from django.core.management import call_command
    from django.db import connection

    executor = _executor()
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("createcachetable", verbosity=0)
        return False
    is_new = not executor.loader.applied_migrations
    what = "Making the tables, up to a minute" if is_new else "Bringing the tables to this version"
    click.echo(f"{what} …", err=True)
    with connection.cursor() as cursor:
        # Waits as long as another process migrates.
        cursor.execute("set lock_timeout = 0")
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])
            cursor.execute("reset lock_timeout")
    return True


def _executor() -> "MigrationExecutor":
    """What there is to migrate. Raises `Missing` for a database that cannot be used."""
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        wrong, advice = unfit()
        if wrong:
            raise Missing(f"This database cannot be used: {wrong}. {advice}")
        executor = MigrationExecutor(connection)
    except Error as fault:
        raise Missing(
            f"The database does not answer ({str(fault).strip()}). Check DATABASE_URL and that the server "
            "runs; "
            "without DATABASE_URL the embedded one is used."
        ) from fault
    refuse_newer(set(executor.loader.applied_migrations))
    return executor


def unknown_migrations(applied: set[tuple[str, str]]) -> list[str]:
    """Migrations of our own slices that this version has never heard of: made by a newer one."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("fondouk.")}
    known = set(loader.disk_migrations or {})
    known |= {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return sorted(f"{app}.{name}" for app, name in applied - known if app in ours)


def refuse_newer(applied: set[tuple[str, str]]) -> None:
    unknown = unknown_migrations(applied)
    if unknown:
        raise Missing(
            f"This database was made by a newer Fondouk (it holds {unknown[-1]}, unknown here). "
            "Start it with that version, or upgrade this one."
        )


def _set_up_django() -> None:
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
    if not apps.ready:
        try:
            django.setup()
        except ImproperlyConfigured as fault:
            raise Missing(f"A setting is wrong. {fault}") from None


def _finish_restore(data: DataFolder) -> None:
    """Take up a restore that was killed between the database and the files."""
    from fondouk.project.cli.swap import finish_interrupted

    finish_interrupted(data)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
