"""Time zones from the pinned `tzdata` package only, and the way from a clock on the wall to an instant.

Morocco left UTC+01 for UTC+00 on 20 September 2026 (decree 2.26.530). The machine's own zone files may not
know; `zoneinfo` would read them first.
"""

import os
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import metadata
from typing import Final

_WITNESS_ZONE: Final = "Africa/Casablanca"
_WITNESS: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


class StaleZones(RuntimeError):
    """The zone data predates the decree of September 2026. For the operator's log; it stops the start."""

    def __init__(self, version: str, offset: timedelta | None) -> None:
        self.version = version
        self.offset = offset
        super().__init__(
            f"Time zone data {version} puts {_WITNESS_ZONE} at {offset} from UTC on {_WITNESS:%Y-%m-%d}, "
            "and not at 0:00:00. Upgrade the Python package: pip install --upgrade 'tzdata>=2026.3', "
            "then start again."
        )


class NonexistentLocalTime(ValueError):
    """The clock on the wall jumps over this time."""

    def __init__(self, local: datetime, zone: str) -> None:
        self.local = local
        self.zone = zone
        super().__init__(f"{local.isoformat()} does not exist in {zone}")


def use_packaged_zones() -> None:
    """Read zones from PyPI's `tzdata`, here and in child processes. Call it before the first zone is loaded;
    again is harmless.
    """
    os.environ["PYTHONTZPATH"] = ""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


@lru_cache(1)
def zones_version() -> str:
    """Version of the `tzdata` package, such as "2026.6": store it beside what was derived with it."""
    return metadata.version("tzdata")


def check_zones() -> None:
    """Raise `StaleZones` where the zone data does not know Morocco's present time."""
    offset = _WITNESS.astimezone(zoneinfo.ZoneInfo(_WITNESS_ZONE)).utcoffset()
    if offset != timedelta(0):
        raise StaleZones(zones_version(), offset)


def local_range(day: date, zone: str) -> tuple[datetime, datetime]:
    """The UTC bounds [start, end) of a local day, which may last 23, 24 or 25 hours.

    Where midnight is skipped, the day starts at the jump; where it comes twice, at the first.
    """
    place = zoneinfo.ZoneInfo(zone)
    start = datetime.combine(day, time.min, tzinfo=place)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=place)
    return start.astimezone(UTC), end.astimezone(UTC)


def at_or_after(local: datetime, zone: str) -> datetime:
    """As `resolve`, but a time that never comes means the moment at which the clock jumps over it, to the second."""
    try:
        return resolve(local, zone)
    except NonexistentLocalTime:
        place = zoneinfo.ZoneInfo(zone)
    # In a gap (PEP 495) fold=1 reads the clock as it is after the jump, which gives an instant before it; fold=0 one after.
    low, high = (local.replace(fold=fold, tzinfo=place).astimezone(UTC) for fold in (1, 0))
    before = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def resolve(local: datetime, zone: str) -> datetime:
    """The UTC instant of a naive local time.

    A time that comes twice means the first one (fold=0, whatever `local.fold` says). One that never comes
    raises `NonexistentLocalTime`.
    """
    if local.tzinfo is not None:
        raise TypeError("resolve() takes a naive local time")
    wall = local.replace(fold=0)
    instant = wall.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)
    if instant.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise NonexistentLocalTime(local, zone)
    return instant
