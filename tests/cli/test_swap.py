"""An exchange of databases and files, killed half-way, is finished or taken back by the next command."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fondouk.project.cli import swap
from fondouk.project.cli.backup import _point_django_at
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import copy_database


class Killed(Exception):
    """Stands for `kill -9`."""


def die(*_: object) -> None:
    raise Killed


@pytest.fixture
def staged(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[DataFolder]:
    """A data folder with an old and a new state, and a database for each."""
    from django.db import connection

    data = DataFolder(tmp_path / "data")
    for folder, content in ((data.files, "old"), (data.ensure() / swap.STAGED / "files", "new")):
        folder.mkdir(parents=True)
        (folder / "letter").write_text(content)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        current = f"{before}_swap"
        maintenance = psycopg.conninfo.make_conninfo(**swap.server_parameters("postgres"))
        for name, content in ((current, "old"), (f"{current}_restored", "new")):
            copy_database(maintenance, name)
            with psycopg.connect(**swap.server_parameters(name)) as made:
                made.execute("create table state (content text)")
                made.execute("insert into state values (%s)", [content])
        _point_django_at(current)
        try:
            yield data
        finally:
            _point_django_at(before)
            with swap.maintenance() as server:
                for name in (current, f"{current}_restored", f"{current}_replaced"):
                    swap.drop(server, name)


def state(data: DataFolder) -> tuple[str, str]:
    """What the database says and what the files say."""
    with psycopg.connect(**swap.server_parameters()) as connection:
        row = connection.execute("select content from state").fetchone()
    assert row is not None
    return row[0], (data.files / "letter").read_text()


def draft() -> str:
    return f"{swap.server_parameters()['dbname']}_restored"


def left_over(data: DataFolder) -> list[str]:
    with swap.maintenance() as server:
        names = server.execute(
            "select datname from pg_database where datname in (%s, %s)",
            [draft(), draft().replace("_restored", "_replaced")],
        ).fetchall()
    return [name for (name,) in names] + sorted(
        path.name for path in data.path.iterdir() if path != data.files
    )


def test_both_are_exchanged(staged: DataFolder) -> None:
    swap.exchange(staged, draft())
    assert state(staged) == ("new", "new")
    assert left_over(staged) == []


def test_killed_before_the_databases_changed_names_nothing_happened(
    staged: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_rename", die)
    with pytest.raises(Killed):
        swap.exchange(staged, draft())
    swap.finish_interrupted(staged)
    assert state(staged) == ("old", "old")
    assert left_over(staged) == []


@pytest.mark.parametrize("moment", ["before the files", "amid the files"])
def test_killed_after_that_the_files_follow(
    staged: DataFolder, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as patched:
        if moment == "before the files":
            patched.setattr(swap, "_finish", die)
        else:
            patched.setattr(
                swap,
                "drop",
                lambda server, name: None if (staged.path / swap.STAGED / "files").exists() else die(),
            )
        with pytest.raises(Killed):
            swap.exchange(staged, draft())
    assert state(staged)[0] == "new"
    swap.finish_interrupted(staged)
    assert state(staged) == ("new", "new")
    assert left_over(staged) == []


def test_without_an_interruption_nothing_is_done(tmp_path: Path) -> None:
    swap.finish_interrupted(DataFolder(tmp_path / "data"))
    assert not (tmp_path / "data").exists()
