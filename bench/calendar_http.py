"""The same calendar, through the web server: availability and bookings by the API, the planning of forty rooms as a page.

Read by `bench.bookings`, which has filled the database; two web processes of four threads, as `fondouk run` starts them.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.pages import call, website

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
CLIENTS = 8
EACH = 60
"""Bookings of each of the clients who book at once."""
FOUGHT_OVER, FIGHTERS = 50, 20
"""Slots, and how many clients ask for each of them."""


def measured(site: Any, person: Any, rooms: list[Any], first: date) -> dict[str, Any]:
    """Milliseconds; `first` is a day from which nothing is filled any more for 60 days."""
    token, session = _machine(site, person)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "PYTHONTZPATH": "",
        "FONDOUK_DEBUG": "",
    }
    call(environment, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    with website(environment) as port:
        client = Client(port, token, session)
        busy = date(2027, 3, 2)
        one = f"/api/v1/resources/availability?start={busy}T10:00&end={busy}T12:00&site={site.code}"
        term = f"{one}&rrule=FREQ=WEEKLY;COUNT=52"
        page = f"/fr/planning/?site={site.code}&day={busy}&people=8&kind=training_room"
        slots = _free_slots(rooms, first)
        found: dict[str, Any] = {}
        for name, address in (("HTTP 1 slot", one), ("HTTP 52 weeks", term), ("planning, 40 rooms", page)):
            found[name] = _said([client.get(address) for _time in range(ROUNDS + 10)][10:])
        found["POST booking"] = _said([client.book(next(slots)) for _time in range(ROUNDS)])
        found[f"bookings/s, {CLIENTS} clients"] = _at_once(port, token, slots)
        found["slots fought over: won once"] = _fight(port, token, slots)
    return found


class Client:
    def __init__(self, port: int, token: str, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.session = session

    def get(self, address: str) -> float:
        headers = self.headers if address.startswith("/api/") else {"Cookie": f"sessionid={self.session}"}
        start = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200, (address, answer.status)
        return time.perf_counter() - start

    def book(self, slot: dict[str, Any], *, expected: tuple[int, ...] = (201,)) -> float:
        start = time.perf_counter()
        status = self.post(slot)
        assert status in expected, status
        return time.perf_counter() - start

    def post(self, slot: dict[str, Any]) -> int:
        self.connection.request("POST", "/api/v1/bookings", json.dumps(slot), self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def _machine(site: Any, person: Any) -> tuple[str, str]:
    """A token that books and a session in the browser, of one of the site's staff."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.backends.postgresql.psycopg_any import DateRange

    from fondouk.people.actions import create_token
    from fondouk.people.models import Account
    from fondouk.sites.models import Grant

    account = Account.objects.create(person=person, email="bench@example.com")
    Grant.objects.create(person=person, role="spaces", site=site, period=DateRange(None, None))
    _token, secret = create_token(account, name="Bench", scopes=["bookings"], by=None)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return secret, str(session.session_key)


def _free_slots(rooms: list[Any], first: date) -> Iterator[dict[str, Any]]:
    """Quarters of an hour that nobody has booked, each given once."""
    day = datetime(first.year, first.month, first.day, 8)  # noqa: DTZ001 - the clock on the wall
    for number in range(10**6):
        starts = day + timedelta(days=number // (len(rooms) * 40), minutes=15 * (number // len(rooms) % 40))
        yield {
            "resource": rooms[number % len(rooms)].pk,
            "start": starts.isoformat(),
            "end": (starts + timedelta(minutes=15)).isoformat(),
            "title": "Bench",
        }


def _at_once(port: int, token: str, slots: Iterator[dict[str, Any]]) -> int:
    mine = [[next(slots) for _one in range(EACH)] for _client in range(CLIENTS)]

    def work(some: list[dict[str, Any]]) -> None:
        client = Client(port, token)
        for slot in some:
            client.book(slot)

    took = _together([lambda some=some: work(some) for some in mine])
    return round(CLIENTS * EACH / took)


def _fight(port: int, token: str, slots: Iterator[dict[str, Any]]) -> str:
    """Of so many slots, those that exactly one of the clients has got; each asks for all of them."""
    wanted = [next(slots) for _one in range(FOUGHT_OVER)]
    won = [0] * FOUGHT_OVER
    lock = threading.Lock()

    def work() -> None:
        client = Client(port, token)
        for number, slot in enumerate(wanted):
            status = client.post(slot)
            assert status in (201, 409), status
            with lock:
                won[number] += status == 201

    _together([work] * FIGHTERS)
    return f"{sum(count == 1 for count in won)} of {FOUGHT_OVER}"


def _together(acts: list[Callable[[], None]]) -> float:
    faults: list[BaseException] = []

    def guarded(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(act,)) for act in acts]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    if faults:
        raise faults[0]
    return took


def _said(times: list[float]) -> str:
    """p50/p99."""
    ordered = sorted(times)
    last = ordered[max(0, round(len(ordered) * 0.99) - 1)]
    return f"{statistics.median(ordered) * 1000:.1f}/{last * 1000:.0f}"
