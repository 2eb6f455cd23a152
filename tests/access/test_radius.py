"""A real FreeRADIUS with its REST module, asked by a real client, asking the application through HTTP."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from fondouk.access.actions import give_wifi, resume, revoke_wifi, suspend
from fondouk.access.models import WifiSession, WifiTotal
from tests.factories import hosted_company, owner_of
from tests.factories.access import server, service

RADIUSD = shutil.which("freeradius") or shutil.which("freeradius", path="/usr/sbin")
CLIENT = shutil.which("radclient")
REST = Path("/usr/lib/freeradius/rlm_rest.so")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (RADIUSD and CLIENT and REST.exists()),
        reason="Debian's freeradius, freeradius-rest and freeradius-utils are not installed",
    ),
]

CONFIGURATION = """
prefix = /usr
libdir = /usr/lib/freeradius
logdir = {here}
run_dir = {here}
raddbdir = {here}
pidfile = {here}/radiusd.pid
max_request_time = 10
max_requests = 512
log {{ destination = stdout }}
security {{ max_attributes = 200
  reject_delay = 0 }}
thread pool {{ start_servers = 2
  max_servers = 4
  min_spare_servers = 1
  max_spare_servers = 2 }}
proxy_requests = yes
home_server point {{ type = coa
  ipaddr = 127.0.0.1
  port = {point}
  secret = {shared} }}
home_server_pool points {{ type = fail-over
  home_server = point }}
client here {{ ipaddr = 127.0.0.1
  secret = {shared}
  coa_server = points }}
modules {{
  $INCLUDE {here}/rest
}}
server default {{
  listen {{ type = auth
    ipaddr = 127.0.0.1
    port = {auth} }}
  listen {{ type = acct
    ipaddr = 127.0.0.1
    port = {acct} }}
  authorize {{
    rest
  }}
  authenticate {{
  }}
  preacct {{
  }}
  accounting {{
    $INCLUDE {here}/accounting
  }}
}}
"""
DISCONNECT, DISCONNECTED = 40, 41
USER_NAME, SESSION = 1, 44
SHARED = "between-client-and-server"


def quoted(value: Any) -> str:
    """As radclient reads a string."""
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class AccessPoint:
    """What is told to end a session (RFC 5176): it keeps what was asked of it, and says that it is done."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(10)
        self.port = int(self.socket.getsockname()[1])

    def asked(self) -> dict[int, str]:
        """The texts of the next request by the number of their attribute. Raises `TimeoutError` when nobody asks."""
        packet, sender = self.socket.recvfrom(4096)
        code, number, length = struct.unpack("!BBH", packet[:4])
        assert code == DISCONNECT
        said = packet[20:length]
        # RFC 5176, 2.3: as for accounting, over sixteen zeros.
        assert packet[4:20] == hashlib.md5(packet[:4] + bytes(16) + said + SHARED.encode()).digest()  # noqa: S324
        head = struct.pack("!BBH", DISCONNECTED, number, 20)
        proof = hashlib.md5(head + packet[4:20] + SHARED.encode()).digest()  # noqa: S324
        self.socket.sendto(head + proof, sender)
        found: dict[int, str] = {}
        while said:
            found[said[0]] = said[2 : said[1]].decode(errors="replace")
            said = said[said[1] :]
        return found


@pytest.fixture
def point() -> Generator[AccessPoint, None, None]:
    one = AccessPoint()
    yield one
    one.socket.close()


@pytest.fixture
def radius(
    live_server: Any, tmp_path: Path, point: AccessPoint
) -> Generator[Callable[[str], Callable[..., str]], None, None]:
    """Start one with the configuration that the screen of a new server shows; what asks it is returned."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(secret: str) -> Callable[..., str]:
        auth, acct = free_port(), free_port()
        shown = render_to_string("access/internet/rest.conf", {"address": live_server.url, "secret": secret})
        (tmp_path / "rest").write_text(shown)
        (tmp_path / "accounting").write_text(render_to_string("access/internet/accounting.conf"))
        said = CONFIGURATION.format(here=tmp_path, shared=SHARED, auth=auth, acct=acct, point=point.port)
        (tmp_path / "radiusd.conf").write_text(said)
        (tmp_path / "dictionary").write_text("")
        log = (tmp_path / "radius.log").open("wb")
        command = [str(RADIUSD), "-f", "-l", "stdout", "-d", str(tmp_path), "-n", "radiusd"]
        begun.append(subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "LANG": "C"}))
        deadline = time.monotonic() + 20
        while b"Ready to process requests" not in (tmp_path / "radius.log").read_bytes():
            assert begun[0].poll() is None and time.monotonic() < deadline, (
                tmp_path / "radius.log"
            ).read_text()
            time.sleep(0.05)

        def ask(kind: str, **attributes: Any) -> str:
            said = "\n".join(
                f"{name.replace('_', '-')} = {quoted(value)}" for name, value in attributes.items()
            )
            address = f"127.0.0.1:{acct if kind == 'acct' else auth}"
            done = subprocess.run(
                [str(CLIENT), "-x", "-r", "1", "-t", "10", address, kind, SHARED],
                input=said.encode(),
                capture_output=True,
                check=False,
            )
            return done.stdout.decode() + done.stderr.decode()

        return ask

    yield begin
    for one in begun:
        one.terminate()
        one.wait(10)


def test_let_in_counted_and_out_at_once(radius: Callable[[str], Callable[..., str]]) -> None:
    company = hosted_company()
    person = owner_of(company).person
    one = service(company, network=112)
    _machine, secret = server(one.site)
    account, password = give_wifi(person, company, by=person)
    ask = radius(secret)

    def enter(typed: str = password, name: str = account.username) -> str:
        return ask("auth", User_Name=name, User_Password=typed)

    answer = enter()
    assert "Received Access-Accept" in answer, answer
    assert 'Tunnel-Private-Group-Id:0 = "112"' in answer and "Tunnel-Type:0 = VLAN" in answer
    assert "Session-Timeout = 3600" in answer
    assert "Received Access-Reject" in enter("wrong")
    assert "Received Access-Reject" in enter('a"b\\c%{User-Name}')
    assert "Received Access-Reject" in enter(name="nobody")
    suspend(one, "Par décision", by=person)
    assert "Received Access-Reject" in enter()
    resume(one, by=person)
    assert "Received Access-Accept" in enter()

    def told(status: str, received: int, sent: int) -> str:
        return ask(
            "acct", User_Name=account.username, Acct_Session_Id="5A-1", Acct_Status_Type=status,
            Acct_Input_Octets=sent, Acct_Output_Octets=received, NAS_IP_Address="127.0.0.1",
        )  # fmt: skip

    assert "Received Accounting-Response" in told("Start", 0, 0)
    assert "Received Accounting-Response" in told("Interim-Update", 5_000_000, 2_000)
    assert "Received Accounting-Response" in told("Stop", 9_000_000, 3_000)
    assert "Received Accounting-Response" in told("Stop", 9_000_000, 3_000)
    total = WifiTotal.objects.get()
    assert (total.received, total.sent, total.sessions, total.company) == (9_000_000, 3_000, 1, company)
    assert not any("5A-1" in session.key for session in WifiSession.objects.all())
    revoke_wifi(account, by=person)
    assert "Received Access-Reject" in enter()


def test_who_is_connected_is_out_with_the_next_count(
    radius: Callable[[str], Callable[..., str]], point: AccessPoint
) -> None:
    company = hosted_company()
    person = owner_of(company).person
    one = service(company)
    _machine, secret = server(one.site)
    account, password = give_wifi(person, company, by=person)
    ask = radius(secret)
    assert "Acct-Interim-Interval = 60" in ask("auth", User_Name=account.username, User_Password=password)

    def told(status: str, session: str) -> str:
        return ask(
            "acct", User_Name=account.username, Acct_Session_Id=session, Acct_Status_Type=status, Acct_Input_Octets=1,
            Acct_Output_Octets=1, NAS_IP_Address="127.0.0.1",
        )  # fmt: skip

    assert "Received Accounting-Response" in told("Start", "A")
    assert "Received Accounting-Response" in told("Interim-Update", "A")
    revoke_wifi(account, by=person)
    assert "Received Accounting-Response" in told("Interim-Update", "A")
    asked = point.asked()
    assert (asked[USER_NAME], asked[SESSION]) == (account.username, "A")
    point.socket.settimeout(0.5)
    assert "Received Accounting-Response" in told("Stop", "A")
    with pytest.raises(TimeoutError):
        point.asked()  # the one before was the only one: who may stay is left alone, what has ended as well


def test_a_server_that_nobody_knows_lets_nobody_in(radius: Callable[[str], Callable[..., str]]) -> None:
    company = hosted_company()
    person = owner_of(company).person
    service(company)
    account, password = give_wifi(person, company, by=person)
    ask = radius("not-a-secret-of-ours")
    assert "Received Access-Reject" in ask("auth", User_Name=account.username, User_Password=password)
