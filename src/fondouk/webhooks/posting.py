"""One message to one address, by HTTP.

An address is chosen by an administrator, but what answers there need not be what they meant: no redirect is followed, and
nothing is said to this machine itself or to the addresses of its own link (cloud machines keep their secrets there),
whatever name leads to them. It is looked at once the connection is open, before anything is sent: a name that says
something else a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError

PATIENCE = urllib3.Timeout(connect=5, read=10)
SAID = 500
"""How much of an answer is kept."""
AGENT = "Fondouk-Webhooks/1"
LOCAL = "this leads to the machine itself, or to its own link"


class Forbidden(HTTPError):
    """It leads to this machine, or to its own link."""


@dataclass(frozen=True)
class Answer:
    status: int | None
    said: str
    milliseconds: int

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def is_open(address: str) -> bool:
    """Whether messages may go to this IP address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    if settings.FONDOUK_WEBHOOKS_LOCAL:
        return True
    return not (
        mapped.is_loopback
        or mapped.is_link_local
        or mapped.is_multicast
        or mapped.is_unspecified
        or mapped.is_reserved
    )


def _refuse_local(url: str) -> None:
    """Before a connection is made too: whether one opens would tell which ports of this machine listen."""
    found = urllib3.util.parse_url(url)
    if not found.host:
        raise LocationParseError(url)
    for *_said, address in socket.getaddrinfo(
        found.host.strip("[]"), found.port or 443, type=socket.SOCK_STREAM
    ):
        if not is_open(str(address[0])):
            raise Forbidden(LOCAL)


class _Checked:
    def _new_conn(self) -> Any:
        made = super()._new_conn()  # type: ignore[misc]
        address = made.getpeername()[0]
        if not is_open(address):
            made.close()
            raise Forbidden(LOCAL)
        return made


class _Plain(_Checked, HTTPConnection):
    pass


class _Secure(_Checked, HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain  # type: ignore[assignment]


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure  # type: ignore[assignment]


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """What came back, or why nothing did: never raises for what a receiver or a network does."""
    began = time.monotonic()
    status, said = None, ""
    manager = urllib3.PoolManager(timeout=PATIENCE, retries=False)
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    sent = {"Content-Type": "application/json", "User-Agent": AGENT, **headers}
    try:
        _refuse_local(url)
        with manager.request(
            "POST", url, body=body, headers=sent, redirect=False, preload_content=False
        ) as answer:
            status = answer.status
            said = answer.read(SAID, decode_content=False).decode(errors="replace")
    except (HTTPError, LocationParseError, OSError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
    finally:
        manager.clear()
    cleaned = "".join(sign if sign.isprintable() else " " for sign in said)[:SAID]
    return Answer(status, cleaned, round((time.monotonic() - began) * 1000))
