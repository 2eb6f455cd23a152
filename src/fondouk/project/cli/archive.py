"""A backup: one tar file with the database, the files, the secret key, and a manifest that vouches for all
of them.

Members: `database.dump` (pg_dump's custom format), `secret-key`, `files/…`, and last `manifest.json`, so
that a file cut short has none.
"""

import errno
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from fondouk.project.cli.errors import Refused, Unreadable

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEY = "secret-key"
FILES = "files/"
CHUNK = 1024 * 1024

Progress = Callable[[int], None]


@dataclass
class Manifest:
    """What a backup says of itself."""

    made: str
    fondouk: str
    postgresql: str
    migrations: list[tuple[str, str]]
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT

    def encoded(self) -> bytes:
        return json.dumps(self.__dict__, indent=1, ensure_ascii=False).encode()


def stored_files(folder: Path) -> Iterator[Path]:
    """Every file of a folder, in a fixed order; links are not followed, and left out."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def write_archive(target: Path, manifest: Manifest, sources: dict[str, Path], progress: Progress) -> None:
    """Write all of it beside the target, then put it in place at once. Readable by its owner alone.

    A file that vanishes while it is read is left out: it was deleted after the database was dumped.
    """
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for name, path in sources.items():
                    try:
                        source = path.open("rb")
                    except FileNotFoundError:
                        continue
                    with source:
                        manifest.members[name] = _add(tar, name, source, progress)
                _add(tar, MANIFEST, io.BytesIO(manifest.encoded()), progress)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def read_manifest(source: Path, progress: Progress) -> Manifest:
    """Check every byte against the manifest, and return it. Raises Unreadable; Refused for another format."""
    found: dict[str, dict[str, Any]] = {}
    content = None
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isreg() and _is_expected(member.name) else None
                if stream is None or member.name in found:
                    raise Unreadable(f"{source} is not a backup of Fondouk: it holds {member.name!r}.")
                if member.name == MANIFEST:
                    content = json.loads(stream.read())
                else:
                    found[member.name] = _measure(stream, progress)
    except OSError as fault:
        raise Unreadable(f"{source} cannot be read: {fault.strerror or fault}.") from fault
    except (tarfile.TarError, ValueError, EOFError) as fault:
        raise Unreadable(f"{source} is not a whole backup of Fondouk ({fault}). Use another one.") from fault
    if not isinstance(content, dict) or "format" not in content:
        raise Unreadable(f"{source} is cut short or is not a backup of Fondouk: it has no manifest.")
    if content["format"] != FORMAT:
        raise Refused(
            f"{source} was made by another version of Fondouk ({content.get('fondouk')}): use that one."
        )
    try:
        manifest = Manifest(**{**content, "migrations": [(app, name) for app, name in content["migrations"]]})
    except (KeyError, TypeError, ValueError) as fault:
        raise Unreadable(f"{source} has a damaged manifest ({fault}).") from fault
    if manifest.members != found or DUMP not in found:
        wrong = sorted(
            name for name in {*found, *manifest.members} if found.get(name) != manifest.members.get(name)
        )
        raise Unreadable(f"{source} is damaged: {', '.join(wrong[:3]) or DUMP} is not what was backed up.")
    return manifest


def extract(source: Path, name: str, target: Path) -> None:
    """One member into one file, readable by its owner alone."""
    with tarfile.open(source, mode="r:") as tar:
        stream = tar.extractfile(name)
        assert stream is not None  # noqa: S101 (the manifest vouches for it)
        _write_private(stream, target)


def extract_files(source: Path, folder: Path, progress: Progress) -> None:
    """Every stored file, below a folder made for them."""
    folder.mkdir(mode=0o700)
    with tarfile.open(source, mode="r:") as tar:
        for member in tar:
            if member.name.startswith(FILES):
                stream = tar.extractfile(member)
                assert stream is not None  # noqa: S101
                target = folder.joinpath(*PurePosixPath(member.name).parts[1:])
                try:
                    for parent in reversed(target.relative_to(folder).parents):
                        (folder / parent).mkdir(mode=0o700, exist_ok=True)
                    _write_private(stream, target)
                except OSError as error:
                    raise _unwritten(source, member.name, error) from error
                progress(member.size)


def _unwritten(source: Path, name: str, error: OSError) -> Exception:
    """A full disk is ours; a name that no file can have is the archive's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        return error
    return Unreadable(f"{source} is no backup of Fondouk: {name[:80]} cannot be a file.")


def _is_expected(name: str) -> bool:
    """Whether a member's name is one of ours and stays inside its folder."""
    path = PurePosixPath(name)
    inside = name.startswith(FILES) and len(path.parts) > 1 and ".." not in path.parts and str(path) == name
    return inside or name in {MANIFEST, DUMP, KEY}


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], progress: Progress) -> dict[str, Any]:
    """Add a stream; its length is taken beforehand, and what grows meanwhile is cut there."""
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    measured = _Measured(source, progress)
    tar.addfile(entry, measured)  # type: ignore[arg-type]
    return {"size": size, "sha256": measured.digest.hexdigest()}


class _Measured:
    """A stream that is summed while it is read."""

    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        self.stream = stream
        self.progress = progress
        self.digest = hashlib.sha256()

    def read(self, length: int = -1) -> bytes:
        chunk = self.stream.read(length)
        self.digest.update(chunk)
        self.progress(len(chunk))
        return chunk


def _measure(stream: IO[bytes], progress: Progress) -> dict[str, Any]:
    measured = _Measured(stream, progress)
    size = 0
    while chunk := measured.read(CHUNK):
        size += len(chunk)
    return {"size": size, "sha256": measured.digest.hexdigest()}


def _write_private(stream: IO[bytes], target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := stream.read(CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
