"""What speaks to locks. An adapter is registered under a name, which a door holds; it opens a lock, or says why it cannot.

The simulated one opens nothing and remembers that it was told to: for trying out, for tests, and for parks whose doors
are opened by hand. A real one is a module of the park's own: its vendor's interface is theirs to know, not ours to guess.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LockFailed(Exception):
    """The lock did not answer, or does not do what it was told."""


class Lock(Protocol):
    """`address` is that of the door's record; `seconds` how long it stays open."""

    label: Any

    def open(self, address: str, seconds: int) -> None:
        """Raises `LockFailed`."""

    def is_open(self, address: str) -> bool | None:
        """None where the lock cannot tell. Raises `LockFailed`."""


LOCKS: dict[str, Lock] = {}


def register(name: str, lock: Lock) -> Lock:
    LOCKS[name] = lock
    return lock


class SimulatedLock:
    """Its address is only a name. One that is called "broken" does not answer."""

    label = _("Simulated: opens nothing")

    def open(self, address: str, seconds: int) -> None:
        self._reach(address)
        cache.set(self._key(address), timezone.now() + timedelta(seconds=seconds), seconds + 5)

    def is_open(self, address: str) -> bool | None:
        self._reach(address)
        until = cache.get(self._key(address))
        return until is not None and timezone.now() < until

    def _reach(self, address: str) -> None:
        if address == "broken":
            raise LockFailed("the simulated lock is broken")

    def _key(self, address: str) -> str:
        return f"access.lock:{address}"


register("simulated", SimulatedLock())
