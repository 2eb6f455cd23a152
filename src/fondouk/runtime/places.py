"""Where the embedded database lives: in the data folder, or where its account can reach it."""

import hashlib
import os
import stat
from pathlib import Path
from urllib.parse import quote

# Root's databases when the data folder stands where no other account may go.
SYSTEM_PLACE = Path("/var/lib/fondouk")
NOTE = "WHERE-IS-THE-DATABASE.txt"
ROLE = "fondouk"
DATABASE = "fondouk"

# A socket's address holds 108 bytes with its closing zero (unix(7)).
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"


def reachable_by_others(path: Path) -> bool:
    """Whether an account that owns nothing here may walk down to the parent of `path`."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)


def database_place(data: Path, identity: str, *, as_root: bool) -> Path:
    """The folder of the database's own files.

    Once a database exists its place never changes by itself, whatever becomes of the permissions above it: an
    installation that cannot find its database must say so, not begin an empty one.
    """
    note = data / NOTE
    if note.is_file():
        return Path(note.read_text().splitlines()[0])
    inside = data / "postgres"
    if inside.exists() or not as_root or reachable_by_others(data):
        return inside
    return SYSTEM_PLACE / f"data-{identity}"


def write_note(data: Path, place: Path) -> None:
    """Tell whoever looks in the data folder that the database is not in it."""
    note = data / NOTE
    if place.parent == data or note.exists():
        return
    draft = data / f".{NOTE}"
    draft.write_text(
        f"{place}\n\n"
        "The first line says where the database of this data folder is kept. PostgreSQL refuses to run\n"
        "as root, and the account it runs under cannot walk down to this folder. Copying this folder does\n"
        "not copy the database: use `fondouk backup` and `fondouk restore`.\n"
    )
    draft.replace(note)


def socket_folder(data: Path) -> Path:
    """Where the server's socket is: a function of the data folder's path alone, so that an address can be
    given before anything runs.
    """
    inside = data / "postgres" / "run"
    if os.geteuid() != 0 and len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    if os.geteuid() == 0:
        return Path("/run/fondouk") / digest
    return Path("/tmp") / f"fondouk-{os.geteuid()}-{digest}"  # noqa: S108 (made 0700, its owner checked)


def socket_url(folder: Path, database: str = DATABASE) -> str:
    return f"postgresql://{ROLE}@{quote(str(folder), safe='')}/{database}"
