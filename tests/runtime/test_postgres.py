"""The embedded server, killed in every way."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fondouk.runtime import keeper, places, processes
from fondouk.runtime.cluster import Cluster
from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault
from fondouk.runtime.locks import is_locked
from fondouk.runtime.postgres import EmbeddedServer

USER = """
import sys
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import EmbeddedServer
server = EmbeddedServer(DataFolder(sys.argv[1])).start()
print("ready", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    """One data folder for all tests of this file: making a cluster takes longer than the rest."""
    folder = tmp_path_factory.mktemp("embedded")
    for parent in (folder, *folder.parents):  # pytest closes its folders to other accounts
        if parent.owner() == _own_name() and parent.name.startswith(("pytest-", "embedded", "popen-")):
            parent.chmod(parent.stat().st_mode | 0o011)
    data = DataFolder(folder / "data")
    with EmbeddedServer(data) as server, psycopg.connect(server.url) as connection:
        connection.execute("create table kept (number int)")
        connection.execute("insert into kept values (1)")
    yield data
    remove(data)


def remove(data: DataFolder) -> None:
    """Take away what stands outside the test's own folder too."""
    cluster = Cluster(data)
    cluster.stop_orphans()
    shutil.rmtree(cluster.place, ignore_errors=True)
    shutil.rmtree(cluster.sockets, ignore_errors=True)
    cluster.place.with_name(f"{cluster.place.name}.json").unlink(missing_ok=True)


def _own_name() -> str:
    return Path("/proc/self").owner()


def user_of(data: DataFolder) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(data.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def becomes_ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "ready\n"


def kept(data: DataFolder) -> list[int]:
    with psycopg.connect(data.database_url()) as connection:
        return [number for (number,) in connection.execute("select number from kept order by 1")]


def keeper_pid(data: DataFolder) -> int:
    return int((data.path / keeper.KEEPER).read_text().split()[0])


def postmaster_pid(data: DataFolder) -> int:
    pid = Cluster(data).ready_pid()
    assert pid is not None
    return pid


def test_it_starts_keeps_and_stops(filled: DataFolder) -> None:
    server = EmbeddedServer(filled)
    assert not server.running()
    with server:
        assert server.running()
        assert kept(filled) == [1]
        pid = postmaster_pid(filled)
        assert stat.S_IMODE(Cluster(filled).sockets.stat().st_mode) == 0o700
    assert not server.running()
    assert not processes.is_alive(pid)
    assert not is_locked(filled.path / keeper.KEEPER)


def test_two_at_once_share_one_and_the_last_closes_the_door(filled: DataFolder) -> None:
    first, second = user_of(filled), user_of(filled)
    assert becomes_ready(first)
    assert becomes_ready(second)
    pid = postmaster_pid(filled)
    first.communicate()
    assert postmaster_pid(filled) == pid
    assert kept(filled) == [1]
    second.communicate()
    assert not processes.is_alive(pid)


def test_a_killed_user_leaves_nothing_behind(filled: DataFolder) -> None:
    user = user_of(filled)
    assert becomes_ready(user)
    pids = [keeper_pid(filled), postmaster_pid(filled)]
    user.kill()
    user.communicate()
    assert processes.wait_for(lambda: not any(map(processes.is_alive, pids)), 20)


def test_a_killed_server_is_started_again_with_all_that_was_committed(filled: DataFolder) -> None:
    with EmbeddedServer(filled) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("insert into kept values (2)")
        pid = postmaster_pid(filled)
        os.kill(pid, signal.SIGKILL)
        assert processes.wait_for(lambda: Cluster(filled).ready_pid() not in {None, pid}, 30)
        assert kept(filled) == [1, 2]
        with psycopg.connect(server.url) as connection:
            connection.execute("delete from kept where number = 2")


def test_a_killed_keeper_takes_the_server_with_it_and_another_comes(filled: DataFolder) -> None:
    with EmbeddedServer(filled) as server:
        pid = postmaster_pid(filled)
        os.kill(keeper_pid(filled), signal.SIGKILL)
        assert processes.wait_for(lambda: not processes.is_alive(pid), 20)
        server.ensure()
        assert kept(filled) == [1]


def test_after_everything_was_killed_at_once_the_next_start_works(filled: DataFolder) -> None:
    user = user_of(filled)
    assert becomes_ready(user)
    kept_by = keeper_pid(filled)
    os.kill(kept_by, signal.SIGSTOP)  # it has no time to act on the others' end
    os.kill(user.pid, signal.SIGKILL)
    for pid in list(processes.running_in(Cluster(filled).files, "postgres")):
        processes.send(pid, signal.SIGKILL)
    os.kill(kept_by, signal.SIGKILL)
    user.communicate()
    assert Cluster(filled).pid_file.exists()  # a stale one
    with EmbeddedServer(filled):
        assert kept(filled) == [1]


def test_a_server_that_lost_its_keeper_is_ended_first(filled: DataFolder) -> None:
    cluster = Cluster(filled)
    orphan = cluster.launch(cluster.prepare())
    assert processes.wait_for(lambda: cluster.ready_pid() == orphan.pid, 20)
    with EmbeddedServer(filled):
        assert postmaster_pid(filled) != orphan.pid
        assert kept(filled) == [1]
    assert orphan.wait(10) == 0


def test_a_process_number_that_now_is_anothers_is_left_alone(filled: DataFolder) -> None:
    stale = Cluster(filled).pid_file
    content = f"{os.getpid()}\n{stale.parent}\n0\n5432\n{Cluster(filled).sockets}\n\n0 0\nready\n"
    stale.write_text(content)
    with EmbeddedServer(filled):
        assert kept(filled) == [1]


def test_databases_are_copied_from_a_template(filled: DataFolder) -> None:
    with EmbeddedServer(filled) as server:
        url = server.new_database("copy", template="fondouk")
        with psycopg.connect(url) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (1,)
        server.drop_database("copy")


def test_a_fault_is_told_to_the_one_who_asked(filled: DataFolder) -> None:
    local = Cluster(filled).files / "local.conf"
    local.write_text("no_such_setting = 1\n")
    local.chmod(0o644)
    with pytest.raises(RuntimeFault, match="no_such_setting"):
        EmbeddedServer(filled).start()
    local.unlink()
    assert not is_locked(filled.path / keeper.KEEPER)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 20) / ("path" * 20)
    socket = places.socket_folder(data) / places.SOCKET_NAME
    assert len(os.fsencode(socket)) <= places.LONGEST_SOCKET_PATH


def test_where_others_may_not_walk_root_keeps_the_database_elsewhere(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    data = closed / "data"
    inside = data / "postgres"
    assert places.database_place(data, "abc", as_root=True) == places.SYSTEM_PLACE / "data-abc"
    assert places.database_place(data, "abc", as_root=False) == inside
    inside.mkdir(parents=True)
    assert places.database_place(data, "abc", as_root=True) == inside


def test_below_a_closed_home_the_database_of_root_lives_elsewhere_and_the_folder_says_so(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    data = DataFolder(closed / "data")
    try:
        with EmbeddedServer(data) as server:
            assert server.running()
        if os.geteuid() != 0:  # whose own account walks there
            assert (data.path / "postgres" / "cluster" / "PG_VERSION").is_file()
            return
        place = Path((data.path / places.NOTE).read_text().splitlines()[0])
        assert place.parent == places.SYSTEM_PLACE
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        copied = closed / "copy"
        shutil.copytree(data.path, copied)
        with pytest.raises(RuntimeFault, match="is a copy of"):
            EmbeddedServer(DataFolder(copied)).start()
    finally:
        remove(data)
