"""Times in requests: on the clock of the site where nothing else is said, or with an offset from UTC."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fondouk.lib.local import read_local

from .problems import Refused


def local_time(text: str, zone: str, field: str) -> datetime:
    """As the clock shows it in `zone`, to the second. Raises `Refused` beside `field`."""
    read = read_local(text)
    if read is None:
        raise Refused({field: _("Write a time as 2026-12-01T10:00, or with its offset from UTC.")})
    if read.tzinfo is not None:
        read = read.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return read


def written(local: datetime) -> str:
    return local.isoformat(timespec="minutes")
