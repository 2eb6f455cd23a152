"""The embedded PostgreSQL server of a data folder, as those who need it see it."""

import contextlib
import os
import subprocess
import sys
from types import TracebackType

import psycopg
from psycopg import sql

from fondouk.runtime import keeper, processes
from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault
from fondouk.runtime.locks import FileLock, is_locked


class EmbeddedServer:
    """A claim on the server of a data folder: it runs at least as long as somebody holds such a claim.

    Any number of processes may hold one. The first to come has the server started, the last to leave has it
    stopped; who is killed has left.
    """

    def __init__(self, data: DataFolder, *, unsafe: bool = False) -> None:
        self.data = data
        self.unsafe = unsafe
        self._users = FileLock(data.path / keeper.USERS)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.data.database_url()

    def start(self) -> "EmbeddedServer":
        """Return when the server takes connections. Raises RuntimeFault, which says what to do."""
        self.data.ensure()
        if not self._users.held:
            self._users.acquire(shared=True)
        try:
            self.ensure()
        except BaseException:
            self._users.release()
            raise
        return self

    def ensure(self) -> None:
        """Start a keeper if there is none; after start() that is so only where one was killed."""
        starting = FileLock(self.data.path / "database.starting")
        starting.acquire()
        try:
            kept = self.data.path / keeper.KEEPER
            # A keeper that brings its server up, or one that was killed and has not quite let go.
            processes.wait_for(lambda: not is_locked(kept) or self.running(), 30)
            if not (is_locked(kept) and self.running()):
                self._start_keeper()
        finally:
            starting.release()

    def stop(self) -> None:
        """Give the claim back. When it was the last one, return after the server has stopped."""
        if not self._users.held:
            return
        kept = self.data.path / keeper.KEEPER
        # The last: either this becomes the only lock, or the keeper, which waits for that, was quicker.
        last = processes.wait_for(lambda: self._users.make_exclusive() or self._keeper_leaves(), 0.3)
        self._users.release()
        if last:
            processes.wait_for(lambda: not is_locked(kept), 70)
            if self._child is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._child.wait(10)
                self._child = None

    def running(self) -> bool:
        """Whether the server takes connections now."""
        try:
            with psycopg.connect(self.data.database_url("postgres"), connect_timeout=5):
                return True
        except psycopg.Error:
            return False

    def __enter__(self) -> "EmbeddedServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def new_database(self, name: str, *, template: str = "template0") -> str:
        """Make a database, a copy of `template` (to which nobody may be connected); return its address."""
        copy_database(self.data.database_url("postgres"), name, template)
        return self.data.database_url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending whoever is connected to it."""
        with psycopg.connect(self.data.database_url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            )

    def _keeper_leaves(self) -> bool:
        kept = self.data.path / keeper.KEEPER
        return not is_locked(kept) or keeper.STOPPING in kept.read_text()

    def _start_keeper(self) -> None:
        reader, writer = os.pipe()
        log = os.open(
            self.data.folder("log") / "keeper.log",
            os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC,
            0o600,
        )
        command = [sys.executable, "-m", keeper.__name__, str(self.data.path), "--tell", str(writer)]
        try:
            self._child = subprocess.Popen(  # noqa: S603
                [*command, *(["--unsafe"] if self.unsafe else [])],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[writer],
                start_new_session=True,  # Ctrl-C is for us; the keeper goes when nobody needs it
                env={**os.environ, "PYTHONTZPATH": ""},
            )
        finally:
            os.close(writer)
            os.close(log)
        with os.fdopen(reader, "rb") as told:
            word = told.read()
        if word != keeper.READY:
            self._child.wait()
            self._child = None
            raise RuntimeFault(
                word.decode(errors="replace")
                or f"The embedded database did not start: see {self.data.logs / 'keeper.log'}."
            )


def copy_database(maintenance_url: str, name: str, template: str = "template0") -> None:
    """CREATE DATABASE by copying files: several times quicker than the default way for small databases."""
    statement = sql.SQL("create database {} template {} strategy file_copy")
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
