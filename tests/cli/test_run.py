"""`fondouk run`, `backup` and `restore`, end to end, in one house: its migrations take longest."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fondouk.project.cli import archive
from fondouk.runtime import keeper, processes
from fondouk.runtime.postgres import EmbeddedServer
from tests.cli.house import House, free_port


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Its schema is there, whichever test comes first."""
    house = House(tmp_path_factory.mktemp("house") / "data")
    assert house.command("work", "--until-empty").returncode == 0
    try:
        yield house
    finally:
        house.remove()


@pytest.fixture(autouse=True)
def stopped(house: House) -> Iterator[None]:
    yield
    if house.running is not None:
        house.end(signal.SIGKILL)
        processes.wait_for(house.is_empty, 20)


def contents(house: House) -> dict[str, str]:
    """A sum of each table's rows, in any order."""
    with EmbeddedServer(house.data) as server, psycopg.connect(server.url) as connection:
        tables = connection.execute(
            "select quote_ident(tablename) from pg_tables where schemaname = 'public'"
        ).fetchall()
        return {
            table: connection.execute(
                f"select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from {table} t"
            ).fetchone()[0]  # type: ignore[index]
            for (table,) in tables
        }


def files(house: House) -> dict[str, bytes]:
    folder = house.data.files
    return {str(path.relative_to(folder)): path.read_bytes() for path in archive.stored_files(folder)}


def test_it_shows_a_page_says_how_to_sign_in_and_ctrl_c_stops_all(house: House) -> None:
    printed = house.run()
    assert f"Fondouk is at http://localhost:{house.port}/" in printed
    assert f"http://localhost:{house.port}/" in printed.split("account", 1)[1], (
        "the link to the first account"
    )
    assert house.answers()

    second = house.command("run")
    assert second.returncode == 1
    assert f"already runs on {house.data.path} at http://localhost:{house.port}/" in second.stderr
    assert house.command("doctor").returncode == 0, "a command uses the database that runs"
    assert house.answers()

    assert house.end(signal.SIGINT) == 0
    assert house.is_empty()


def test_a_taken_port_is_refused_and_nothing_stays(house: House) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", house.port))
        other.listen()
        refused = house.command("run")
    assert refused.returncode == 4
    assert f"Port {house.port} is taken" in refused.stderr
    assert house.is_empty()


def test_a_killed_run_takes_its_children_along_and_the_next_one_works(house: House) -> None:
    house.run()
    house.end(signal.SIGKILL)
    assert processes.wait_for(house.is_empty, 20)
    house.run()
    assert house.answers()
    assert house.end(signal.SIGTERM) == 0
    assert house.is_empty()


def test_after_every_process_was_killed_the_next_start_works(house: House) -> None:
    house.run()
    assert house.running is not None
    victims = [house.running.pid, *house.processes()]
    victims.append(int((house.data.path / keeper.KEEPER).read_text().split()[0]))
    for pid in victims:
        processes.send(pid, signal.SIGKILL)
    house.end(signal.SIGKILL)
    house.run()
    assert house.answers()
    assert house.end(signal.SIGINT) == 0


def test_each_child_that_is_killed_comes_back(house: House) -> None:
    house.run()
    before = set(house.processes())
    server = int((house.data.path / keeper.KEEPER).read_text().split()[0])
    for pid in [*before, server]:
        processes.send(pid, signal.SIGKILL)
    assert processes.wait_for(lambda: len(set(house.processes()) - before) >= 2 and house.answers(), 60)
    assert house.end(signal.SIGINT) == 0
    assert house.is_empty()


def test_backup_wipe_restore_gives_back_the_same(house: House, tmp_path: Path) -> None:
    (house.data.folder("files") / "letters").mkdir(mode=0o700, exist_ok=True)
    (house.data.files / "letters" / "une lettre.txt").write_text("Objet : visite\n")
    tables, stored, key = contents(house), files(house), house.data.secret_key()
    book = tmp_path / "backup.tar"
    assert house.command("backup", str(book)).returncode == 0
    assert book.stat().st_mode & 0o777 == 0o600
    assert house.command("backup", str(book)).returncode == 1, "it overwrites nothing unasked"

    other = House(tmp_path / "other")
    try:
        assert other.command("restore", str(book)).returncode == 0
        assert contents(other) == tables
        assert files(other) == stored
        assert other.data.secret_key() == key
        assert not (other.data.path / "restored").exists()

        again = other.command("restore", str(book))
        assert (again.returncode, "--replace" in again.stderr) == (1, True)
        (other.data.files / "letters" / "une lettre.txt").write_text("changed")
        (other.data.files / "more.txt").write_text("later")
        assert other.command("restore", "--replace", str(book)).returncode == 0
        assert contents(other) == tables
        assert files(other) == stored
    finally:
        other.remove()


def test_a_damaged_backup_touches_nothing(house: House, tmp_path: Path) -> None:
    book, broken = tmp_path / "whole.tar", tmp_path / "broken.tar"
    assert house.command("backup", str(book)).returncode == 0
    before = contents(house)
    whole = book.read_bytes()
    middle = len(whole) // 2
    for content in (
        whole[:middle],
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        b"PK\3\4",
    ):
        broken.write_bytes(content)
        refused = house.command("restore", "--replace", str(broken))
        assert refused.returncode == 3, refused.stderr
    assert contents(house) == before


@pytest.mark.long
def test_killed_at_any_moment_of_its_start_it_starts_again(house: House) -> None:
    for moment in (0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0):
        house.port = free_port()
        pid = os.posix_spawn(
            "/bin/sh",
            ["sh", "-c", f"exec {sys.executable} -m fondouk.project.cli run >/dev/null 2>&1"],
            house.environment,
        )
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    house.run()
    assert house.answers()
    assert house.end(signal.SIGINT) == 0
    assert house.is_empty()
