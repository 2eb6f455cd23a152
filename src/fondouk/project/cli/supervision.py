"""Keeping the processes of `fondouk run` alive, and leaving none behind."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fondouk.runtime import processes

# In the environment of every process that `run` starts: the identity of its data folder.
MARK = "FONDOUK_SUPERVISED"

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0
STEADY = 30.0  # who lived this long may be started again at once


@dataclass
class Child:
    """One process that must run, with a session of its own so that its descendants can be ended together."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=processes.dies_with_parent(signal.SIGTERM),
        )

    def tend(self, say: Callable[[str], None]) -> None:
        """Start it again when it has ended: at once after a long life, else after a growing pause."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.end_group()
        self.process = None
        self.pause = FIRST_PAUSE if now - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        self.due = now + self.pause
        say(f"The {self.name} ended ({_described(code)}); it is started again in {self.pause:.1f} s.")

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def has_stopped(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def end_group(self) -> None:
        """End whatever is left of its session. Its number cannot be another's while one member lives."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)


def stop_all(children: list[Child], patience: float, hurry: Callable[[], bool]) -> None:
    """Ask all to stop; after `patience` seconds, or when told to hurry, insist."""
    for child in children:
        child.ask_to_stop()
    processes.wait_for(lambda: hurry() or all(child.has_stopped() for child in children), patience)
    for child in children:
        child.end_group()


def end_leftovers(identity: str) -> int:
    """End what an earlier run of this data folder left, after it was killed. Call it while holding the run's
    lock.
    """
    left = set(processes.marked_with(MARK, identity))
    for pid in left:
        processes.send(pid, signal.SIGTERM)
    if not processes.wait_for(lambda: not any(map(processes.is_alive, left)), 3):
        for pid in left & set(processes.marked_with(MARK, identity)):
            processes.send(pid, signal.SIGKILL)
        processes.wait_for(lambda: not any(map(processes.is_alive, left)), 5)
    return len(left)


def _described(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
