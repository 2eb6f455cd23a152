"""The process that keeps one embedded server alive for as long as anybody uses it.

    python -m fondouk.runtime.keeper DATA [--unsafe] [--tell FD]

Users hold a shared lock on `database.users`. The keeper is the server's parent; it starts the server again
when that dies, and stops it when the last user has gone, whether that one said goodbye or was killed. The
server dies with the keeper (PR_SET_PDEATHSIG), and a user that misses the keeper starts another. So nobody's
end disturbs the others and nothing is left behind.
"""

import argparse
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg

from fondouk.runtime import places
from fondouk.runtime.account import Account
from fondouk.runtime.cluster import Cluster
from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault
from fondouk.runtime.locks import FileLock

USERS = "database.users"
KEEPER = "database.keeper"
READY = b"ready"
STOPPING = "stopping"


class Keeper:
    """Runs in a process of its own, in its main thread."""

    def __init__(self, cluster: Cluster, mark: FileLock) -> None:
        self.cluster = cluster
        self.mark = mark
        self.server: subprocess.Popen[bytes] | None = None
        self.wake_reader, self.wake_writer = os.pipe()
        self.leaving = threading.Event()
        self.users = FileLock(cluster.data.path / USERS)

    def start(self) -> None:
        """Bring the server up, whatever an earlier one left behind."""
        self.cluster.stop_orphans()
        account = self.cluster.prepare()
        self._launch(account)
        _make_database(self.cluster)

    def keep(self) -> None:
        """Return when the last user has gone or a signal says so, with the server stopped."""
        threading.Thread(target=self._await_last_user, daemon=True).start()
        pause = 0.1
        while not self.leaving.is_set():
            server = self.server
            assert server is not None  # noqa: S101 (start() comes first)
            ended = self._wait_for_server_or_leave(server)
            if not ended:
                break
            started = time.monotonic()
            self.leaving.wait(pause)
            if self.leaving.is_set():
                break
            try:
                self.cluster.stop_orphans()
                self._launch(self.cluster.prepare())
                pause = 0.1
            except RuntimeFault as fault:
                print(f"fondouk database keeper: {fault}", file=sys.stderr, flush=True)
                pause = min(pause * 2, 10.0) if time.monotonic() - started < 60 else 0.1
        self.stop()

    def stop(self) -> None:
        """A fast shutdown: transactions under way are rolled back, everything committed is on the disk."""
        server = self.server
        if server is None or server.poll() is not None:
            return
        server.send_signal(signal.SIGINT)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def leave(self, *_: object) -> None:
        self.mark.write(f"{os.getpid()} {STOPPING}\n")
        self.leaving.set()
        os.write(self.wake_writer, b"x")

    def _launch(self, account: Account) -> None:
        server = self.server = self.cluster.launch(account)
        # Recovery after a crash may take a while; a server that gives up says so by ending.
        while self.cluster.ready_pid() != server.pid:
            if server.poll() is not None:
                log = self.cluster.data.logs / "postgres.log"
                raise RuntimeFault(
                    f"PostgreSQL did not start. Its last words, from {log}:\n{_last_lines(log)}"
                )
            if self.leaving.is_set():
                raise RuntimeFault("Stopped while PostgreSQL was starting.")
            time.sleep(0.01)

    def _await_last_user(self) -> None:
        self.users.acquire()
        self.leave()

    def _wait_for_server_or_leave(self, server: subprocess.Popen[bytes]) -> bool:
        """True when the server ended, False when it is time to leave."""
        try:
            handle = os.pidfd_open(server.pid)
        except ProcessLookupError:
            server.wait()
            return True
        try:
            select.select([handle, self.wake_reader], [], [])
        finally:
            os.close(handle)
        return server.poll() is not None and not self.leaving.is_set()


def _make_database(cluster: Cluster) -> None:
    with psycopg.connect(places.socket_url(cluster.sockets, "postgres"), autocommit=True) as connection:
        found = connection.execute(
            "select 1 from pg_database where datname = %s", [places.DATABASE]
        ).fetchone()
        if found is None:
            connection.execute(f"create database {places.DATABASE}")


def _last_lines(path: Path, count: int = 8) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    except OSError:
        return "(none)"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="fondouk.runtime.keeper", description="Keeps one embedded server alive."
    )
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--unsafe", action="store_true", help="settings for tests: a power cut may cost everything"
    )
    parser.add_argument("--tell", type=int, help="file descriptor that is told `ready`, or what went wrong")
    options = parser.parse_args(arguments)

    def tell(word: bytes) -> None:
        if options.tell is not None:
            os.write(options.tell, word)
            os.close(options.tell)
            options.tell = None

    data = DataFolder(options.data)
    only = FileLock(data.ensure() / KEEPER)
    try:
        if not only.acquire(wait=70):  # longer than another keeper may take to stop its server
            raise RuntimeFault(f"Another process keeps the database of {data.path} and does not end.")
        only.write(f"{os.getpid()}\n")
        keeper = Keeper(Cluster(data, unsafe=options.unsafe), only)
        signal.signal(signal.SIGTERM, keeper.leave)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            keeper.start()
        except BaseException:
            keeper.stop()
            raise
    except (RuntimeFault, OSError, psycopg.Error) as fault:
        tell(str(fault).encode() or repr(fault).encode())
        return 1
    tell(READY)
    keeper.keep()
    return 0


if __name__ == "__main__":
    sys.exit(main())
