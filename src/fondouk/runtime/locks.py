"""Advisory locks on files: they vanish with the process that holds them, even after `kill -9`."""

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """One flock(2) on one file. Not inherited by programs that are executed; not re-entrant."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def acquire(self, *, shared: bool = False, wait: float | None = None) -> bool:
        """Take it. `wait`: None for as long as it takes, 0 for not at all, else seconds."""
        if self._handle is not None:
            raise RuntimeError(f"{self.path} is locked already by this object")
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            if wait is None:
                fcntl.flock(handle, kind)
            elif not self._try(handle, kind, time.monotonic() + wait):
                os.close(handle)
                return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def make_exclusive(self) -> bool:
        """Turn a shared lock into the only one. Where it cannot be, the shared one may be lost (flock(2))."""
        if self._handle is None:
            raise RuntimeError(f"{self.path} is not locked by this object")
        return self._try(self._handle, fcntl.LOCK_EX, 0)

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def write(self, text: str) -> None:
        """Leave a word for those who find it locked. Nobody finds the file empty in between."""
        if self._handle is None:
            raise RuntimeError(f"{self.path} is not locked by this object")
        os.ftruncate(self._handle, os.pwrite(self._handle, text.encode(), 0))

    @staticmethod
    def _try(handle: int, kind: int, until: float) -> bool:
        while True:
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.02)
            else:
                return True


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock now."""
    if not path.exists():
        return False
    probe = FileLock(path)
    if probe.acquire(shared=True, wait=0):
        probe.release()
        return False
    return True
