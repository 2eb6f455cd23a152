"""`fondouk backup` and `fondouk restore`."""

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

import fondouk
from fondouk.project.cli import archive, swap
from fondouk.project.cli.errors import Missing, Refused, Unreadable
from fondouk.project.cli.progress import progress
from fondouk.project.cli.server import server_version
from fondouk.project.cli.session import (
    bring_schema_up_to_date,
    database_session,
    needs_database,
    unknown_migrations,
)
from fondouk.project.cli.targets import target_file
from fondouk.runtime import programs
from fondouk.runtime.data import DataFolder
from fondouk.runtime.locks import is_locked

# Tables that a mere migration fills, or that hold nothing of lasting worth.
NOT_CONTENT = ("django_", "auth_", "procrastinate_", "cache", "companies_sector")


@click.command()
@click.argument(
    "target", metavar="FILE.tar", type=click.Path(dir_okay=False, path_type=Path), callback=target_file
)
@click.option("--force", is_flag=True, help="Overwrite FILE.tar when it exists.")
@needs_database
def backup(target: Path, force: bool) -> None:
    """Write the database, the files and the secret key into FILE.tar.

    Fondouk may go on running meanwhile: the database is taken as it stood at one moment. The file can be
    read by its owner alone; keep it on another machine.
    """
    if target.exists() and not force:
        raise Refused(f"{target} exists. Name another file, or give --force.")
    data = DataFolder.from_environment()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as folder:
        dump = Path(folder, archive.DUMP)
        click.echo("Taking the database …", err=True)
        migrations, version = _applied_migrations()
        _run_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        dump.chmod(0o600)
        sources = {archive.DUMP: dump}
        if not os.environ.get("FONDOUK_SECRET_KEY"):
            data.secret_key()
            sources[archive.KEY] = data.path / "secret-key"
        for path in archive.stored_files(data.files):
            sources[archive.FILES + path.relative_to(data.files).as_posix()] = path
        manifest = archive.Manifest(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            fondouk=fondouk.__version__,
            postgresql=version,
            migrations=migrations,
        )
        total = sum(path.stat().st_size for path in sources.values() if path.exists())
        with progress(total, "Writing") as bar:
            archive.write_archive(target.absolute(), manifest, sources, bar.update)
    _note_remote_storage()
    click.echo(f"{target}: {len(manifest.members)} members, {target.stat().st_size} bytes.")


@click.command()
@click.argument("source", metavar="FILE.tar", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Remove what is in the database and among the files now.")
def restore(source: Path, replace: bool) -> None:
    """Put back what `fondouk backup` wrote into FILE.tar.

    Everything in the file is checked before anything is touched, and all of it comes back or nothing does. A
    backup of an earlier version is brought up to date; one of a later version is refused.
    """
    if not source.is_file():
        raise Unreadable(f"{source} is not a file.")
    with progress(source.stat().st_size, "Checking") as bar:
        manifest = archive.read_manifest(source, bar.update)
    data = DataFolder.from_environment()
    if is_locked(data.path / "run.lock"):
        raise Refused(f"Fondouk is running on {data.path}: stop it first (Ctrl-C).")
    with database_session(migrate=False):
        unknown = unknown_migrations(set(manifest.migrations))
        if unknown:
            raise Refused(
                f"{source} was made by a newer Fondouk ({manifest.fondouk}; {unknown[-1]} is unknown "
                "here): upgrade first."
            )
        _say_where(data)
        if not replace:
            _refuse_content(data)
        _restore(source, data, manifest)
    _note_remote_storage()
    click.echo(f"Restored {source}, made on {manifest.made}.")


def _restore(source: Path, data: DataFolder, manifest: archive.Manifest) -> None:
    from django.db import connection

    staged = data.path / swap.STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    current = connection.settings_dict["NAME"]
    draft = f"{current}_restored"
    try:
        with swap.maintenance() as server:
            swap.drop(server, draft)
            server.execute(sql.SQL("create database {} template template0").format(sql.Identifier(draft)))
    except InsufficientPrivilege as fault:
        shutil.rmtree(staged, ignore_errors=True)
        raise Missing(
            "A restore fills a second database and exchanges the names. The role may not make one: "
            f"as a superuser, ALTER ROLE {connection.settings_dict['USER']} CREATEDB."
        ) from fault
    try:
        size = sum(
            entry["size"] for name, entry in manifest.members.items() if name.startswith(archive.FILES)
        )
        with progress(size, "Files") as bar:
            archive.extract_files(source, staged / "files", bar.update)
        if archive.KEY in manifest.members and not os.environ.get("FONDOUK_SECRET_KEY"):
            archive.extract(source, archive.KEY, staged / "secret-key")
        dump = staged / archive.DUMP
        archive.extract(source, archive.DUMP, dump)
        click.echo("Filling the database …", err=True)
        _run_program(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--jobs=2",
            str(dump),
            database=draft,
        )
        dump.unlink()
        _point_django_at(draft)
        bring_schema_up_to_date()
        _point_django_at(current)
        swap.exchange(data, draft)
    except BaseException:
        _point_django_at(current)
        if (data.path / swap.JOURNAL).exists():
            swap.finish_interrupted(data)
        else:
            with swap.maintenance() as server:
                swap.drop(server, draft)
            shutil.rmtree(staged, ignore_errors=True)
        raise


def _say_where(data: DataFolder) -> None:
    from django.db import connection

    known = connection.settings_dict
    where = f"{known['HOST'] or 'this machine'}{':' + str(known['PORT']) if known['PORT'] else ''}"
    click.echo(f"Into the database {known['NAME']} on {where}, and the data folder {data.path}.", err=True)


def _refuse_content(data: DataFolder) -> None:
    """Refuse when somebody has begun to use this database or put files here."""
    from django.db import connection

    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if not name.startswith(NOT_CONTENT)
        ]
        for table in sorted(tables):
            cursor.execute(sql.SQL("select exists (select 1 from {})").format(sql.Identifier(table)))
            if cursor.fetchone()[0]:
                raise Refused(
                    f"The database is not empty ({table} has rows). Give --replace to remove all is "
                    "in it, after a backup."
                )
    if next(archive.stored_files(data.files), None) is not None:
        raise Refused(f"There are files in {data.files}. Give --replace to remove them, after a backup.")


def _applied_migrations() -> tuple[list[tuple[str, str]], str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = sorted(MigrationRecorder(connection).applied_migrations())
    number = server_version()
    connection.close()
    return [(app, name) for app, name in applied], f"{number // 10_000}.{number % 10_000}"


def _run_program(name: str, *arguments: str, database: str | None = None) -> None:
    """Run one of PostgreSQL's programs against Django's server. Its password goes by the environment, not
    the command line, which everybody on the machine can read.
    """
    parameters = swap.server_parameters(database)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    variables = {names[key]: str(value) for key, value in parameters.items()}
    target = [f"--dbname={parameters['dbname']}"] if name == "pg_restore" else []
    done = subprocess.run(  # noqa: S603
        [str(programs.program(name)), *target, *arguments],
        env={**os.environ, **variables, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Refused(f"{name} gave up, and nothing was changed: {done.stderr.strip()[-1000:]}")


def _point_django_at(name: str) -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _note_remote_storage() -> None:
    if os.environ.get("FONDOUK_S3_BUCKET"):
        click.echo(
            "Files are in S3-compatible storage, and not part of this: back up the bucket with its own "
            "tools.",
            err=True,
        )
