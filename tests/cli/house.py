"""A whole Fondouk in a folder of its own, started and stopped as an operator does."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from fondouk.project.cli.supervision import MARK
from fondouk.runtime import processes
from fondouk.runtime.cluster import Cluster
from fondouk.runtime.data import DataFolder
from fondouk.runtime.locks import is_locked

# What the test run set for itself; the house finds its own.
OURS = {"DATABASE_URL", "FONDOUK_SECRET_KEY", "FONDOUK_TEST_RUN", "DJANGO_SETTINGS_MODULE", "PORT"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """A data folder and the commands that work on it; `url`: a database of somebody else's server."""

    def __init__(self, path: Path, url: str = "") -> None:
        self.data = DataFolder(path)
        self.named = {"DATABASE_URL": url} if url else {}
        self.port = free_port()
        self.running: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**kept, **self.named, "FONDOUK_DATA": str(self.data.path), "PORT": str(self.port)}

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fondouk.project.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def run(self) -> str:
        """Start it; the lines it prints once a page can be shown."""
        self.running = subprocess.Popen(
            [sys.executable, "-m", "fondouk.project.cli", "run", "--web-workers", "1"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.running.stdout is not None
        printed = ""
        for line in self.running.stdout:
            printed += line
            if "Ctrl-C stops it" in line:
                return printed
        raise AssertionError(f"It did not start:\n{printed}")

    def end(self, number: int) -> int:
        """Send it a signal, wait, and return its exit code."""
        assert self.running is not None
        self.running.send_signal(number)
        self.running.communicate()
        code = self.running.returncode
        self.running = None
        return code

    def answers(self) -> bool:
        """Whether the web server shows something: any answer of the application will do."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=20):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def processes(self) -> list[int]:
        """Everything that `run` started and that lives, the database apart."""
        return list(processes.marked_with(MARK, self.data.identity()))

    def is_empty(self) -> bool:
        """Whether nothing of it runs any more, the database included."""
        databases = list(processes.running_in(Cluster(self.data).files, "postgres"))
        return not self.processes() and not databases and not is_locked(self.data.path / "run.lock")

    def remove(self) -> None:
        if self.running is not None:
            self.end(9)
        if not self.data.path.exists():
            return
        processes.wait_for(self.is_empty, 20)
        cluster = Cluster(self.data)
        cluster.stop_orphans()
        for folder in (cluster.place, cluster.sockets, self.data.path):
            shutil.rmtree(folder, ignore_errors=True)
        cluster.place.with_name(f"{cluster.place.name}.json").unlink(missing_ok=True)
