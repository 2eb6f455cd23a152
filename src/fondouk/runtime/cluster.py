"""One PostgreSQL cluster on the disk: made, configured, launched, recognised. Used by the keeper alone."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from fondouk.runtime import account as accounts
from fondouk.runtime import places, processes, programs
from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "wal_compression": "pglz",
    "random_page_cost": "1.1",
    "jit": "off",
    "io_workers": "2",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "10min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "password_encryption": "scram-sha-256",
}

# For tests alone: a power cut may cost everything.
UNSAFE_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "250",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}


@dataclass
class Cluster:
    """The files of a database and the account that owns them."""

    data: DataFolder
    unsafe: bool = False
    place: Path = field(init=False)
    sockets: Path = field(init=False)

    def __post_init__(self) -> None:
        as_root = os.geteuid() == 0
        self.data.ensure()
        self.place = places.database_place(self.data.path, self.data.identity(), as_root=as_root)
        self.sockets = places.socket_folder(self.data.path)

    @property
    def files(self) -> Path:
        return self.place / "cluster"

    @property
    def pid_file(self) -> Path:
        return self.files / "postmaster.pid"

    def prepare(self) -> accounts.Account:
        """Have everything in place for a launch; nothing that exists is ever made anew or emptied."""
        noted = self.place.parent != self.data.path and (self.data.path / places.NOTE).exists()
        if noted and not self.files.is_dir():
            raise RuntimeFault(
                f"The database of {self.data.path} should be in {self.place}, and is not there. Put it back, "
                f"or remove {self.data.path / places.NOTE} to begin an empty one."
            )
        owner = self.files.stat().st_uid if self.files.is_dir() else None
        account = accounts.for_database(owner)
        self._refuse_a_copy()
        self._open_way(account)
        self._prepare_sockets(account)
        if not self.files.is_dir():
            self._initialise(account)
        version = (self.files / "PG_VERSION").read_text().strip()
        if version != programs.MAJOR:
            raise RuntimeFault(
                f"The database in {self.files} was made by PostgreSQL {version}; this Fondouk brings "
                f"{programs.MAJOR}. "
                "Make a backup with the Fondouk that made it, and restore it into an empty data folder."
            )
        self._configure(account)
        places.write_note(self.data.path, self.place)
        return account

    def launch(self, account: accounts.Account) -> subprocess.Popen[bytes]:
        """Start the server; it ends when this thread does, closing its connections."""
        log = self._log()
        try:
            return subprocess.Popen(  # noqa: S603
                [str(self._programs(account) / "postgres"), "-D", str(self.files)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.files,
                env=_environment(),
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGINT),
                **account.spawn_arguments(),  # type: ignore[call-overload]
            )
        finally:
            os.close(log)

    def ready_pid(self) -> int | None:
        """The server's process once it takes connections, by its own word (8th line of postmaster.pid)."""
        lines = self._pid_lines()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return None
        pid = int(lines[0])
        return pid if pid in set(self._processes()) else None

    def stop_orphans(self) -> None:
        """End what an earlier keeper left behind, if anything of it still runs on these files.

        Only for who holds the keeper's lock: nobody else may start a server meanwhile.
        """
        lines = self._pid_lines()
        left = set(self._processes())
        postmaster = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        if postmaster in left:
            processes.send(postmaster, signal.SIGINT)
            processes.wait_for(lambda: not processes.is_alive(postmaster), 20)
        # Without their postmaster the others leave by themselves, and a new one must wait until they have.
        if not processes.wait_for(lambda: not any(self._processes()), 10):
            for pid in self._processes():
                processes.send(pid, signal.SIGKILL)
            processes.wait_for(lambda: not any(self._processes()), 10)
        if not any(self._processes()):
            # The number in these may by now be another program's, or that of a dead process which nobody has
            # collected: PostgreSQL would take either for itself, and refuse.
            self.pid_file.unlink(missing_ok=True)
            (self.sockets / f"{places.SOCKET_NAME}.lock").unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        return list(processes.running_in(self.files, "postgres"))

    def _pid_lines(self) -> list[str]:
        try:
            return self.pid_file.read_text().splitlines()
        except OSError:
            return []

    def _programs(self, account: accounts.Account) -> Path:
        return programs.copied_under(places.SYSTEM_PLACE) if account.is_other else programs.packaged()

    def _open_way(self, account: accounts.Account) -> None:
        """Let the account walk down to its files: through our own folder, and that account alone."""
        inside = self.place.parent == self.data.path
        if account.is_other and inside:
            if not places.reachable_by_others(self.data.path):
                raise RuntimeFault(
                    f"The database is in {self.place}, where the account {account.name} can no longer go: "
                    "a folder above it was closed. Open it again (chmod o+x)."
                )
            os.chown(self.data.path, -1, account.gid)
            self.data.path.chmod(self.data.path.stat().st_mode | 0o010)
        if not inside:
            self.place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.place.mkdir(mode=0o700, exist_ok=True)
        account.own(self.place)

    def _prepare_sockets(self, account: accounts.Account) -> None:
        if self.sockets.parent == Path("/run/fondouk"):
            self.sockets.parent.mkdir(mode=0o755, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        account.own(self.sockets)
        found = self.sockets.lstat()
        if self.sockets.is_symlink() or found.st_uid != account.uid:
            raise RuntimeFault(f"{self.sockets} belongs to another account. Remove it, then start again.")
        self.sockets.chmod(0o700)

    def _refuse_a_copy(self) -> None:
        """A data folder copied by hand does not carry a database kept elsewhere: two must never share one."""
        if self.place.parent == self.data.path:
            return
        mark = self.place.with_name(f"{self.place.name}.json")
        if mark.is_file():
            first = Path(json.loads(mark.read_text())["data"])
            note = first / places.NOTE
            if first != self.data.path and note.is_file() and note.read_text().startswith(f"{self.place}\n"):
                raise RuntimeFault(
                    f"{self.data.path} is a copy of {first}, and the database is not in either: it is in "
                    f"{self.place}. Use `fondouk backup` there and `fondouk restore` into an empty data "
                    "folder here."
                )
        mark.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        mark.write_text(json.dumps({"data": str(self.data.path)}))

    def _initialise(self, account: accounts.Account) -> None:
        """initdb into a draft, renamed when complete: a cluster that exists is a whole one."""
        for left in self.place.glob("draft-*"):
            shutil.rmtree(left)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=self.place))
        account.own(draft)
        done = subprocess.run(  # noqa: S603
            [
                str(self._programs(account) / "initdb"),
                f"--pgdata={draft}",
                f"--username={places.ROLE}",
                "--auth=peer",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--text-search-config=simple",
                *(["--no-sync"] if self.unsafe else []),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=draft,
            env=_environment(),
            check=False,
            **account.spawn_arguments(),  # type: ignore[call-overload]
        )
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise RuntimeFault(
                "PostgreSQL could not make its files: "
                + (done.stderr or done.stdout).decode(errors="replace").strip()[-800:]
            )
        draft.rename(self.files)

    def _configure(self, account: accounts.Account) -> None:
        """Write the settings anew at every start, so that an upgrade of Fondouk brings its own."""
        settings = {**SETTINGS, **(UNSAFE_SETTINGS if self.unsafe else {})}
        settings["unix_socket_directories"] = str(self.sockets)
        lines = ["# Written by Fondouk at every start. Your own settings: local.conf, beside this file."]
        lines += [f"{name} = {_quoted(value)}" for name, value in settings.items()]
        lines += ["include_if_exists = 'local.conf'", ""]
        self._write("postgresql.conf", "\n".join(lines), account)
        self._write("pg_hba.conf", "local all all peer map=fondouk\n", account)
        names = {account.name, accounts.of_uid(os.geteuid()).name}
        mapped = "".join(f'fondouk "{name}" {places.ROLE}\n' for name in sorted(names))
        self._write("pg_ident.conf", mapped, account)

    def _write(self, name: str, content: str, account: accounts.Account) -> None:
        draft = self.files / f"{name}.new"
        draft.write_text(content)
        draft.chmod(0o600)
        account.own(draft)
        draft.replace(self.files / name)

    def _log(self) -> int:
        path = self.data.folder("log") / "postgres.log"
        if path.exists() and path.stat().st_size > 10_000_000:
            path.replace(path.with_name("postgres.1.log"))
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _quoted(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _environment() -> dict[str, str]:
    """PostgreSQL reads PG* variables and the locale; it gets neither from us."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
