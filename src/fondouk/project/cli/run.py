"""`fondouk run`: the whole house in one process group."""

import contextlib
import errno
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import click

from fondouk.project.cli.errors import Missing, Refused
from fondouk.project.cli.supervision import MARK, Child, end_leftovers, stop_all
from fondouk.runtime import keeper, processes
from fondouk.runtime.data import DataFolder
from fondouk.runtime.locks import FileLock, is_locked
from fondouk.runtime.postgres import EmbeddedServer

PATIENCE = 12.0


@click.command()
@click.option(
    "--host",
    envvar="FONDOUK_HOST",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Set FONDOUK_HOSTS and FONDOUK_URL too when others are to reach it.",
)
@click.option(
    "--port",
    envvar="PORT",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--web-workers", envvar="FONDOUK_WEB_WORKERS", type=click.IntRange(1, 64), default=2, show_default=True,
    help="Web processes.",
)  # fmt: skip
@click.option(
    "--demo/--no-demo", envvar="FONDOUK_DEMO", default=False,
    help="Load the demonstration where the database is empty and it was not cleared before.",
)  # fmt: skip
@click.option(
    "--with-parent", is_flag=True, hidden=True, help="Stop when the process that started this one ends."
)
def run(host: str, port: int, web_workers: int, demo: bool, with_parent: bool) -> None:
    """Start Fondouk: database, web server and a worker, until Ctrl-C.

    Everything it starts ends with it. A process that dies is started again.
    """
    if with_parent:
        processes.die_with_parent(signal.SIGTERM)
    data = DataFolder.from_environment()
    lock = FileLock(data.ensure() / "run.lock")
    if not lock.acquire(wait=0):
        raise Refused(
            f"Fondouk already runs on {data.path}{_told(data)}. Stop it first, or name another FONDOUK_DATA."
        )
    try:
        lock.write(json.dumps({"pid": os.getpid(), "url": _address(host, port)}))
        end_leftovers(data.identity())
        _refuse_taken_port(host, port)
        with Signals() as signals, _server(data) as server:
            environment = _environment(data, port)
            told = _prepare(environment, signals, demo=demo)
            if told is not None:
                _supervise(
                    _children(environment, host, port, web_workers),
                    server,
                    signals,
                    told,
                    _address(host, port),
                )
    finally:
        lock.release()


class Signals:
    """Turns Ctrl-C, SIGTERM and SIGHUP into something to wait for; a second Ctrl-C means haste."""

    def __init__(self) -> None:
        self.count = 0
        self.interrupts = 0
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)

    def __enter__(self) -> "Signals":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    def wait(self, seconds: float) -> bool:
        """True once a signal has come."""
        if not self.count:
            select.select([self.reader], [], [], seconds)
        return self.count > 0

    def in_haste(self) -> bool:
        return self.interrupts > 1

    def _note(self, number: int, _: object) -> None:
        self.count += 1
        self.interrupts += number == signal.SIGINT
        with contextlib.suppress(BlockingIOError):
            os.write(self.writer, b"x")


@contextlib.contextmanager
def _server(data: DataFolder) -> Iterator[EmbeddedServer | None]:
    """The embedded server for the time of the run, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with EmbeddedServer(data) as server:
        yield server


def _environment(data: DataFolder, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or data.database_url(),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "fondouk.project.settings"),
        "FONDOUK_DATA": str(data.path),
        "PORT": str(port),
        "PYTHONTZPATH": "",
        "PYTHONUNBUFFERED": "1",
        MARK: data.identity(),
    }


def _prepare(environment: dict[str, str], signals: Signals, *, demo: bool) -> dict[str, Any] | None:
    """Migrate, gather static files and, with `demo`, load the demonstration where it is wanted.

    None when a signal came meanwhile.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "fondouk.project.cli.prepare"],
        env={**environment, "FONDOUK_DEMO": "1" if demo else "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=processes.dies_with_parent(signal.SIGTERM),
    )
    assert process.stdout is not None  # noqa: S101
    while process.poll() is None:
        if signals.wait(0.02):
            process.terminate()
            process.wait()
            return None
    if process.returncode != 0:
        raise click.exceptions.Exit(process.returncode if process.returncode in {1, 3, 4} else 4)
    said: dict[str, Any] = json.loads(process.stdout.read().splitlines()[-1])
    return said


def _children(environment: dict[str, str], host: str, port: int, web_workers: int) -> list[Child]:
    granian = [
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(web_workers), "--blocking-threads", "4", "--no-ws"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "8"),
        *("--log-level", "warning"),
    ]
    return [
        Child(
            "web server",
            [sys.executable, "-m", "granian", *granian, "fondouk.project.wsgi:application"],
            environment,
        ),
        Child("worker", [sys.executable, "-m", "fondouk.project.cli", "work"], environment),
    ]


def _supervise(
    children: list[Child], server: EmbeddedServer | None, signals: Signals, told: dict[str, Any], address: str
) -> None:
    announced = False
    try:
        for child in children:
            child.start()
        while not signals.wait(0.1 if not announced else 0.5):
            for child in children:
                child.tend(_say)
            if server is not None and not is_locked(server.data.path / keeper.KEEPER):
                _say("The database's keeper ended; it is started again.")
                server.ensure()
            if not announced and _answers(address):
                announced = True
                _announce(address, told)
        click.echo("Stopping …", err=True)
    finally:
        stop_all(children, PATIENCE, signals.in_haste)


def _announce(address: str, told: dict[str, Any]) -> None:
    click.echo(f"Fondouk is at {address}")
    setup = told.get("setup")
    if told.get("demonstration"):
        click.echo(
            "It shows the demonstration: everything in it is invented. Choose who to be on its first page."
        )
    elif setup:
        click.echo(f"There is no account yet. Make the first one here, once: {setup}")
    else:
        click.echo(f"Sign in with your e-mail address. A new account: {sys.argv[0]} user create --help")
    click.echo("Ctrl-C stops it.")


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _address(host: str, port: int) -> str:
    # Passkeys know `localhost`, and no bare address of the network.
    shown = "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else host  # noqa: S104
    return f"http://{shown}:{port}/"


def _answers(address: str) -> bool:
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def _refuse_taken_port(host: str, port: int) -> None:
    """The web server shares its port among its processes, and would not notice another program on it."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as fault:
        raise Missing(f"The host {host} is not known here ({fault.strerror}).") from fault
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise Missing(
                    f"Port {port} is taken by another program. Stop that one, or choose another: "
                    f"PORT={port + 1}"
                ) from fault
            raise Missing(f"Cannot listen on {host}, port {port}: {fault.strerror}.") from fault


def _told(data: DataFolder) -> str:
    try:
        return f" at {json.loads((data.path / 'run.lock').read_text())['url']}"
    except (OSError, ValueError, KeyError):
        return ""
