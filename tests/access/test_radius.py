"""A real FreeRADIUS with its REST module, asked by a real client, asking the application through HTTP."""

from __future__ import annotations

import os
import shutil
import socket
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
client here {{ ipaddr = 127.0.0.1
  secret = {shared} }}
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
    rest
  }}
}}
"""
SHARED = "between-client-and-server"


def quoted(value: Any) -> str:
    """As radclient reads a string."""
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def radius(live_server: Any, tmp_path: Path) -> Generator[Callable[[str], Callable[..., str]], None, None]:
    """Start one with the configuration that the screen of a new server shows; what asks it is returned."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(secret: str) -> Callable[..., str]:
        auth, acct = free_port(), free_port()
        shown = render_to_string("access/internet/rest.conf", {"address": live_server.url, "secret": secret})
        (tmp_path / "rest").write_text(shown)
        said = CONFIGURATION.format(here=tmp_path, shared=SHARED, auth=auth, acct=acct)
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


def test_a_server_that_nobody_knows_lets_nobody_in(radius: Callable[[str], Callable[..., str]]) -> None:
    company = hosted_company()
    person = owner_of(company).person
    service(company)
    account, password = give_wifi(person, company, by=person)
    ask = radius("not-a-secret-of-ours")
    assert "Received Access-Reject" in ask("auth", User_Name=account.username, User_Password=password)
