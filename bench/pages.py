"""How quickly pages answer, with the demonstration and with ten times it: `python -m bench.pages`, about ten minutes.

A database of its own on the embedded server of `build/bench` (or on the server of `DATABASE_URL`), a real web server
on 127.0.0.1, one client and then eight. Networks are made once and kept; `build/bench` may be removed at any time.
"""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import fondouk  # noqa: F401  (time zones first)
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import EmbeddedServer, copy_database

ROOT = Path(__file__).resolve().parent.parent
SCALES = (1, 10)
"""Of the demonstration: some 1,200 companies with a quarter of a century of history, 330 of them hosted."""
CLIENTS = (1, 8)
REQUESTS = 200
SECONDS = 8.0
"""A page is asked for so often, or for so long, whichever comes first."""
NEW, NUMBERS = "NEW", itertools.count()
"""What stands in the address of a page that is not to be kept, and what takes its place: see `network.visitor`."""
RULER = 200_000
"""How many squares are added up to tell how quick the machine is at that moment: machines, and their hours, differ."""
HEADERS = ("Scale", "Page", "Queries", "1 client: p50", "p99", "8 clients: p50", "p99", "pages/s", "ruler")


def run() -> list[dict[str, Any]]:
    """One row a page and size; times in milliseconds."""
    with server() as (data, address):
        return [row for scale in SCALES for row in measured(scale, data, address)]


def measured(scale: float, data: DataFolder, address: str) -> list[dict[str, Any]]:
    url = database(scale, address)
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "FONDOUK_DATA": str(data.path),
        "DJANGO_SETTINGS_MODULE": "fondouk.project.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "PYTHONTZPATH": "",
    }
    call(environment, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    known = json.loads(call(environment, "-m", "bench.network.visitor", str(scale)).splitlines()[-1])
    rows = []
    with website(environment) as port:
        for name, page in known["pages"].items():
            session = "" if name.startswith("Public") else known["session"]
            measure = ruler()
            alone, crowd = (visits(port, page, session, clients) for clients in CLIENTS)
            rows.append(
                {
                    "Scale": f"× {scale}",
                    "Page": name,
                    "Queries": known["queries"][name],
                    "1 client: p50": median(alone[0]),
                    "p99": last_percent(alone[0]),
                    "8 clients: p50": median(crowd[0]),
                    "p99 ": last_percent(crowd[0]),
                    "pages/s": round(len(crowd[0]) / crowd[1]),
                    "ruler": measure,
                }
            )
            print(f"x{scale:<4} {name}", file=sys.stderr, flush=True)
    return rows


def call(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


@contextmanager
def server() -> Iterator[tuple[DataFolder, str]]:
    data = DataFolder(ROOT / "build" / "bench")
    data.ensure()
    if named := os.environ.get("DATABASE_URL"):
        yield data, named
        return
    with EmbeddedServer(data) as embedded:
        yield data, embedded.url


def database(scale: float, address: str) -> str:
    """The address of the network of that scale, made anew when the schema or the network has changed."""
    sources = [
        *sorted(ROOT.glob("src/fondouk/*/migrations/*.py")),
        *sorted(ROOT.glob("src/fondouk/*/demo*.py")),
        *sorted(ROOT.glob("src/fondouk/companies/demo/*.py")),
    ]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10]
    prefix = f"fondouk_bench_x{scale}_"
    maintenance = psycopg.conninfo.make_conninfo(address, dbname="postgres")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        found = {name for (name,) in connection.execute("select datname from pg_database")}
        for name in found:
            if name.startswith(prefix) and name != prefix + digest:
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
    if prefix + digest not in found:
        copy_database(maintenance, prefix + digest)
    head, _slash, tail = address.partition("://")
    place, _slash, rest = tail.partition("/")
    _old, mark, options = rest.partition("?")
    return f"{head}://{place}/{prefix}{digest}{mark}{options}"


@contextmanager
def website(environment: dict[str, str]) -> Iterator[int]:
    """The web server as `fondouk run` starts it: two processes of four threads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
    child = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "fondouk.project.wsgi:application"],
        env=environment,
        cwd=ROOT,
    )
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait(20)


def visits(port: int, page: str, session: str, clients: int) -> tuple[list[float], float]:
    """How long each answer took, and how long all together, with so many asking at once."""
    for _time in range(4):
        visit_for(port, page, session, 3, time.monotonic() + SECONDS)  # every process has shown it
    found: list[float] = []
    began = time.monotonic()
    visitors = [
        threading.Thread(
            target=lambda: found.extend(visit_for(port, page, session, REQUESTS // clients, began + SECONDS))
        )
        for _number in range(clients)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return found, time.monotonic() - began


def visit_for(port: int, page: str, session: str, requests: int, end: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for _time in range(requests):
        start = time.perf_counter()
        address = page.replace(NEW, str(next(NUMBERS)))
        connection.request("GET", address, headers={"Cookie": f"sessionid={session}"} if session else {})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        assert answer.status == 200, f"{page}: {answer.status}"
        if time.monotonic() > end:
            break
    connection.close()
    return times


def ruler() -> int:
    """Milliseconds for the same little work each time, the median of nine: divide by it to compare two tables."""
    times = []
    for _time in range(9):
        start = time.perf_counter()
        sum(number * number for number in range(RULER))
        times.append(time.perf_counter() - start)
    return median(times)


def median(times: list[float]) -> int:
    return round(statistics.median(times) * 1000)


def last_percent(times: list[float]) -> int:
    return round(sorted(times)[max(0, round(len(times) * 0.99) - 1)] * 1000)


def table(rows: list[dict[str, Any]]) -> str:
    lines = [f"| {' | '.join(HEADERS)} |", f"|{'---|' * len(HEADERS)}"]
    lines += [f"| {' | '.join(str(value) for value in row.values())} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
