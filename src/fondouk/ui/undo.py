"""What an undo needs to bring something back: the fields of its form in the address, or a signed word in it."""

from __future__ import annotations

import json
from typing import Any

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

CHANGED = _("Somebody has changed it since: it stays as it is.")
WITHIN = 600
"""Seconds for which a signed undo is good."""


def query_back(request: HttpRequest) -> str:
    """The part behind the `?` of the list that somebody came from, which its forms, and the address of an undo, send as
    `back`; nothing else of it.
    """
    _path, _mark, query = (request.POST.get("back") or request.GET.get("back", "")).rpartition("?")
    return QueryDict(query).urlencode()


def sent(request: HttpRequest, name: str) -> QueryDict:
    """What was sent: by the form, which has a field `name`, or by an undo, whose address holds its fields."""
    return request.POST if name in request.POST else request.GET


class Serializer:
    """Days, moments and amounts as text, which fields read again."""

    def dumps(self, what: Any) -> bytes:
        return json.dumps(what, cls=DjangoJSONEncoder, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def sign(what: dict[str, Any], *, salt: str) -> str:
    """For the address of an undo that no form could send. Days, moments and amounts come back as text."""
    return signing.dumps(what, salt=salt, serializer=Serializer, compress=True)


def still(stands: Any, kept: Any) -> bool:
    """Whether what stands now is what was kept in a signed word: nobody has written anything else since."""
    return bool(Serializer().loads(Serializer().dumps(stands)) == kept)


def unsign(signed: str, *, salt: str) -> dict[str, Any]:
    """Raises `Http404` for what was not signed here, or too long ago."""
    try:
        found: dict[str, Any] = signing.loads(signed, salt=salt, serializer=Serializer, max_age=WITHIN)
    except signing.BadSignature:
        raise Http404 from None
    return found
