"""The data folder: everything that an installation keeps, and the only folder to carry to another machine."""

import contextlib
import os
import secrets
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from fondouk.runtime.errors import RuntimeFault
from fondouk.runtime.places import socket_folder, socket_url

CHECKOUT = Path(__file__).resolve().parents[3]


class DataFolder:
    """A folder that only its owner may read.

    Nothing is written before something asks for it: constructing one, or asking for a path or an address,
    has no effect on the disk.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).expanduser().resolve()

    @classmethod
    def from_environment(cls) -> "DataFolder":
        """FONDOUK_DATA; without it `data` in the checkout, or else in the current folder."""
        named = os.environ.get("FONDOUK_DATA")
        if named:
            return cls(named)
        inside_checkout = (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "src" / "fondouk").is_dir()
        return cls((CHECKOUT if inside_checkout else Path.cwd()) / "data")

    def __repr__(self) -> str:
        return f"DataFolder({str(self.path)!r})"

    @property
    def files(self) -> Path:
        """Where uploaded files are kept, unless they are in S3-compatible storage."""
        return self.path / "files"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    def ensure(self) -> Path:
        """The folder itself, made (0700) when it is not there. Parents that exist are left as they are."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700, exist_ok=True)
        except OSError as fault:
            raise RuntimeFault(
                f"The data folder {self.path} cannot be made ({fault.strerror}). "
                "Name another with FONDOUK_DATA, or make it writable."
            ) from fault
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise RuntimeFault(
                f"The data folder {self.path} cannot be written by this account. "
                "It may have been made by another account (root?): give it back with chown, "
                "or name another with FONDOUK_DATA."
            )
        return self.path

    def folder(self, name: str) -> Path:
        """A private folder inside, made when it is not there."""
        inside = self.ensure() / name
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside

    def secret_key(self) -> str:
        """The key that signs sessions and links: made once, whoever asks first."""
        return self._made_once("secret-key", lambda: secrets.token_urlsafe(64))

    def identity(self) -> str:
        """A short random name. It tells this folder's database from one that was at the same path."""
        return self._made_once("identity", lambda: secrets.token_hex(8))

    def database_url(self, database: str = "fondouk") -> str:
        """The address of the embedded server of this folder, whether it runs or not."""
        return socket_url(socket_folder(self.path), database)

    def _made_once(self, name: str, make: Callable[[], str]) -> str:
        """The content of a 0600 file: never half of it, and the same for two who make it at once."""
        target = self.path / name
        with contextlib.suppress(FileNotFoundError):
            return self._read_private(target)
        folder = self.ensure()
        # mkstemp opens with O_EXCL and 0600; link() then fails if another process was first.
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(make() + "\n")
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(temporary, target)
        finally:
            Path(temporary).unlink()
        return self._read_private(target)

    def _read_private(self, target: Path) -> str:
        try:
            mode = stat.S_IMODE(target.stat().st_mode)
            if mode & 0o077:
                target.chmod(mode & 0o700)
            content = target.read_text().strip()
        except PermissionError as fault:
            raise RuntimeFault(
                f"{target} belongs to another account. Run Fondouk under the account that made the data "
                "folder, or give the folder back with chown."
            ) from fault
        if not content:
            raise RuntimeFault(
                f"{target} is empty. Put it back from a backup, or remove it to have a new one made."
            )
        return content
