"""Processes that must not outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(with_signal: int) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends the signal to the child when the thread that started it ends.

    Start the child from the main thread. The C library is loaded beforehand: little is safe after fork.
    """
    parent = os.getpid()

    def before_exec() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the call
            os.kill(os.getpid(), signal.SIGKILL)

    return before_exec


def die_with_parent(with_signal: int) -> None:
    """The same for this very process, from its main thread."""
    _libc.prctl(PR_SET_PDEATHSIG, with_signal, 0, 0, 0)


def start_time(pid: int) -> int | None:
    """When a process began, in clock ticks after boot; None when it has gone.

    With the number it names one process for good.
    """
    try:
        content = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = content.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    return None if fields[0] in {"Z", "X"} else int(fields[19])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    return start_time(pid) is not None


def running_in(folder: Path, program: str) -> Iterator[int]:
    """Processes of a program whose current folder is this one. Others' are unreadable, and left out."""
    wanted = str(folder)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            executable = (entry / "exe").readlink().name.removesuffix(" (deleted)")
            if executable == program and str((entry / "cwd").readlink()) == wanted:
                yield int(entry.name)


def marked_with(name: str, value: str) -> Iterator[int]:
    """Our own processes, this one apart, that were started with this variable in their environment."""
    mark = f"{name}={value}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    yield int(entry.name)


def send(pid: int, number: int) -> bool:
    """Send a signal; False when the process has gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    until = time.monotonic() + seconds
    pause = 0.005
    while not condition():
        if time.monotonic() >= until:
            return condition()
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True
