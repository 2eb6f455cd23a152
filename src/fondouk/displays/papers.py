"""Signs for doors: a page for each room, with the code that leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fondouk.displays.wording import facts_of, place_of
from fondouk.documents.rendering import render
from fondouk.sites.models import Network
from fondouk.spaces.models import Resource
from fondouk.ui.qr import qr_file

TEMPLATE = Path(__file__).resolve().parent / "typst" / "sign.typ"


def address_of(room: Resource) -> str:
    """What the code of a room says: short, and in the language that its reader has chosen."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("at_door", args=[room.pk])


def signs(rooms: Sequence[Resource]) -> bytes:
    """A PDF of as many pages (A5) as rooms, in the language of the moment."""
    files = {f"{room.pk}.svg": qr_file(address_of(room)) for room in rooms}
    data = {
        "title": ", ".join(room.code for room in rooms[:3]),
        "what": _("Scan to say that you are here, or to book"),
        "rooms": [
            {
                "name": room.code,
                "place": place_of(room),
                "facts": facts_of(room),
                "code": f"{room.pk}.svg",
                "address": address_of(room),
            }
            for room in rooms
        ],
    }
    label = (
        _("Demonstration: every name and every figure is invented.")
        if Network.current().is_demonstration
        else ""
    )
    return render(TEMPLATE, data, label=label, files=files)
