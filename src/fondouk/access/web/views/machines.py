"""What machines ask: a RADIUS server, whether somebody is let in; the reader of a door, whether it opens.

FreeRADIUS asks through its REST module (rlm_rest), which sends the attributes of a request as JSON,
`{"User-Name": {"type": "string", "value": ["…"]}}`, and takes those of the answer back: 200 lets in, 401 does not. It says
who it is by HTTP Basic (RFC 7617), the name being of no matter. Readers have a token (RFC 6750).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fondouk.access.actions import count, find_door, find_server, knock
from fondouk.access.models import RadiusServer, WifiSession
from fondouk.access.queries import admission, may_stay

LARGEST = 64 * 1024
AGAIN = 3600
"""Seconds after which a connection is asked for again."""
COUNTED = 60
"""Seconds after which a connection is counted again (Acct-Interim-Interval, RFC 2869, 5.16), and ended where it was revoked
meanwhile. No server takes less.
"""
START, STOP, INTERIM, ON, OFF = "start", "stop", "interim-update", "accounting-on", "accounting-off"
NUMBERS = {1: START, 2: STOP, 3: INTERIM, 7: ON, 8: OFF}
"""Acct-Status-Type (RFC 2866, 5.1)."""


@csrf_exempt
@require_POST
def authorize(request: HttpRequest) -> HttpResponse:
    server = _server(request)
    said = _attributes(request)
    if server is None or said is None:
        return _unauthorized()
    found = admission(server, _text(said, "User-Name"), _text(said, "User-Password"))
    if found.network is None:
        return HttpResponse(status=401)
    # RFC 3580, 3.31: the network of an authenticated port.
    answer = {
        "control:Auth-Type": "Accept",
        "reply:Tunnel-Type": "VLAN",
        "reply:Tunnel-Medium-Type": "IEEE-802",
        "reply:Tunnel-Private-Group-Id": str(found.network),
        "reply:Session-Timeout": AGAIN,
        "reply:Acct-Interim-Interval": COUNTED,
        "reply:Termination-Action": "RADIUS-Request",
    }
    return JsonResponse(answer)


@csrf_exempt
@require_POST
def accounting(request: HttpRequest) -> HttpResponse:
    server = _server(request)
    said = _attributes(request)
    if server is None or said is None:
        return _unauthorized()
    kind = _status(said)
    if kind in (ON, OFF):  # it has started anew: nobody is connected
        WifiSession.objects.filter(server=server).delete()
    elif kind in (START, STOP, INTERIM):
        count(
            server,
            _text(said, "User-Name"),
            _text(said, "Acct-Session-Id"),
            received=_octets(said, "Output"),
            sent=_octets(said, "Input"),
        )
        if kind != STOP and not may_stay(server, _text(said, "User-Name")):
            # An answer with an attribute is "updated": the server then ends the session (RFC 5176, 3.1).
            return JsonResponse({"control:Tmp-Integer-0": 1})
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def read_badge(request: HttpRequest) -> HttpResponse:
    """`{"number": "…"}`; the answer says whether the door was opened, and why not."""
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    door = find_door(secret) if secret else None
    said = _json(request)
    if door is None:
        return _unauthorized("Bearer")
    number = said.get("number") if isinstance(said, dict) else None
    if not isinstance(number, str) or not 0 < len(number) <= 60 or "\x00" in number:
        return JsonResponse({"open": False, "because": "number"}, status=400)
    event = knock(door, number)
    return JsonResponse({"open": not event.refusal, "because": event.refusal})


def _server(request: HttpRequest) -> RadiusServer | None:
    kind, _space, sent = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        _name, _colon, secret = base64.b64decode(sent, validate=True).decode().partition(":")
    except ValueError:  # no base64, or no text in it
        return None
    return find_server(secret) if secret else None


def _json(request: HttpRequest) -> Any:
    if len(request.body) > LARGEST:
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def _attributes(request: HttpRequest) -> dict[str, Any] | None:
    """The first value of each attribute."""
    said = _json(request)
    if not isinstance(said, dict):
        return None
    found: dict[str, Any] = {}
    for name, attribute in said.items():
        value = attribute.get("value") if isinstance(attribute, dict) else attribute
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str | int) and not isinstance(value, bool):
            found[name] = value
    return found


def _text(said: dict[str, Any], name: str) -> str:
    return str(said.get(name, ""))[:256].replace("\x00", "")


def _number(said: dict[str, Any], name: str) -> int:
    text = str(said.get(name, "0"))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def _octets(said: dict[str, Any], direction: str) -> int:
    """With the upper half of the count (RFC 2869, 5.1)."""
    return _number(said, f"Acct-{direction}-Octets") + (_number(said, f"Acct-{direction}-Gigawords") << 32)


def _status(said: dict[str, Any]) -> str:
    value = said.get("Acct-Status-Type", "")
    text = str(value)
    return (
        NUMBERS.get(int(text), "") if text.isascii() and text.isdecimal() and len(text) < 4 else text.lower()
    )


def _unauthorized(scheme: str = "Basic") -> HttpResponse:
    return HttpResponse(status=401, headers={"WWW-Authenticate": f'{scheme} realm="fondouk"'})
