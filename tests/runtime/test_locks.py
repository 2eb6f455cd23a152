"""Locks between processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from fondouk.runtime.locks import FileLock, is_locked

HOLDER = """
import sys
from pathlib import Path
from fondouk.runtime.locks import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire(shared=len(sys.argv) > 2)
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_for_one_process_and_vanishes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = holder(path)
    lock = FileLock(path)
    assert is_locked(path)
    assert not lock.acquire(wait=0)
    other.kill()
    other.wait()
    assert lock.acquire(wait=5)
    lock.release()
    assert not is_locked(path)


def test_sharers_get_along_and_the_last_may_have_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = holder(path, "shared")
    lock = FileLock(path)
    assert lock.acquire(shared=True, wait=0)
    assert not lock.make_exclusive()
    other.kill()
    other.wait()
    assert lock.make_exclusive()
    lock.release()


def test_a_lock_object_is_not_reentrant(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.acquire()
    with pytest.raises(RuntimeError):
        lock.acquire()
    lock.release()
