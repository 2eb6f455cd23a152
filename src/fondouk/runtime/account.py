"""The account that PostgreSQL runs under."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fondouk.runtime.errors import RuntimeFault

NAME = "fondouk-db"
FALLBACKS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who runs the database: ourselves, or an unprivileged account when we are root."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        """Give a file or folder to it."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def spawn_arguments(self) -> dict[str, object]:
        """What `subprocess` needs to start a program under this account, with none of our groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}


def of_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as fault:
        raise RuntimeFault(
            f"The account number {uid} has no name on this machine, and PostgreSQL needs one. Run Fondouk "
            "under an account of /etc/passwd, or name another server with DATABASE_URL."
        ) from fault
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_database(owner: int | None = None) -> Account:
    """The account for a database: the owner of its files when there are any (`owner`), else a fitting one."""
    if os.geteuid() != 0:
        return of_uid(os.geteuid())
    if owner:
        return of_uid(owner)
    if not _exists(NAME):
        _create()
    for name in (NAME, *FALLBACKS):
        if _exists(name):
            return of_uid(pwd.getpwnam(name).pw_uid)
    raise RuntimeFault(
        "PostgreSQL refuses to run as root and no account could be made for it. "
        f"Type `useradd --system --user-group {NAME}`, or run Fondouk as an ordinary user."
    )


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _create() -> None:
    """Ask the system for a dedicated account. Failing is no fault: an existing account will do."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    nowhere = "/nonexistent"
    attempts = [
        [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            nowhere,
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ],
        ["adduser", "--system", "--group", "--no-create-home", "--home", nowhere, NAME],
        ["adduser", "-S", "-H", "-h", nowhere, NAME],
    ]
    for command in attempts:
        found = shutil.which(command[0], path=path)
        if found is None:
            continue
        done = subprocess.run([found, *command[1:]], capture_output=True, check=False)  # noqa: S603
        if done.returncode == 0 or _exists(NAME):
            return
