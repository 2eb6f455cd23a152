"""Time: stale zone data stops the start, and a promise about the clock on the wall survives a change of the law.

Each case runs in a process of its own, with zone files made here: rules are doctored, not mocked.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def zone_file(hours: int) -> bytes:
    """A TZif file (RFC 9636) of a zone that is `hours` ahead of UTC for ever."""
    name = f"{hours:+03d}".encode()
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, len(name) + 1)
    kind = struct.pack(">lbb", hours * 3600, 0, 0)
    block = header + kind + name + b"\0"
    return block + block + f"\n<{hours:+03d}>{-hours}\n".encode()


def package(folder: Path, hours: int) -> Path:
    """A stand-in for PyPI's `tzdata` in which Casablanca is `hours` ahead of UTC."""
    africa = folder / "tzdata" / "zoneinfo" / "Africa"
    africa.mkdir(parents=True)
    for place in (africa, africa.parent, africa.parent.parent):
        (place / "__init__.py").touch()
    (africa / "Casablanca").write_bytes(zone_file(hours))
    return folder


def run(code: str, *, before: Path | None = None) -> subprocess.CompletedProcess[str]:
    paths = [str(path) for path in (before, ROOT / "src") if path]
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "entry",
    [
        "import fondouk.project.wsgi",
        "from fondouk.project.cli import main; main(['doctor'])",
    ],
)
def test_a_process_refuses_stale_zone_data(tmp_path: Path, entry: str) -> None:
    refused = run(entry, before=package(tmp_path, hours=1))
    assert refused.returncode != 0
    assert "tzdata>=2026.3" in refused.stderr + refused.stdout


def test_the_files_of_the_machine_are_not_asked(tmp_path: Path) -> None:
    folder = tmp_path / "zoneinfo" / "Africa"
    folder.mkdir(parents=True)
    (folder / "Casablanca").write_bytes(zone_file(1))
    code = (
        f"import zoneinfo; zoneinfo.reset_tzpath([{str(tmp_path / 'zoneinfo')!r}])\n"
        "import fondouk\n"
        "from fondouk.lib.zones import check_zones; check_zones()"
    )
    assert run(code).returncode == 0


PROMISE = """
from datetime import datetime
from zoneinfo import ZoneInfo
from fondouk.lib.zones import resolve
# What is stored of a promise: the reading of the clock, and the zone.
local, zone = datetime(2027, 3, 1, 9, 0), "Africa/Casablanca"
instant = resolve(local, zone)
print(instant.isoformat(), instant.astimezone(ZoneInfo(zone)).strftime("%H:%M"))
"""


def test_a_local_time_keeps_its_clock_reading_when_the_rules_of_the_zone_change(tmp_path: Path) -> None:
    today = run(PROMISE).stdout.split()
    changed = run(PROMISE, before=package(tmp_path, hours=1)).stdout.split()
    assert today == ["2027-03-01T09:00:00+00:00", "09:00"]
    assert changed == ["2027-03-01T08:00:00+00:00", "09:00"]


HOURS = """
from datetime import time
import django; django.setup()
from fondouk.sites.models import OpeningHours
from fondouk.ui.formatting import clock
print(clock(OpeningHours(weekday=1, opens=time(8, 30), closes=time(18, 0)).opens, "fr"))
"""


def test_opening_hours_are_readings_of_the_clock(tmp_path: Path) -> None:
    today = run(HOURS)
    changed = run(HOURS, before=package(tmp_path, hours=1))
    assert today.stdout.split() == changed.stdout.split() == ["08:30"], today.stderr + changed.stderr
