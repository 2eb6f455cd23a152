"""A day as the planner draws it: columns of a quarter of an hour, and where the blocks of a line stand in them.

A page sets no styles of its own (the policy forbids it): a block bears the classes `fk-a…` and `fk-b…`, made once for all
columns of a day by the build of the style sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import escape
from itertools import product
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from fondouk.bookings.queries import Block, Line
from fondouk.lib.addresses import record_address
from fondouk.lib.formats import format_number, format_time
from fondouk.sites.queries.hours import Day

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
A_DAY = 96
USUAL = (8, 20)
"""From which hour to which a day is drawn where nothing says more."""


FIRST = time(9)
"""When something new begins where the day has no opening hour."""
BLOCK = {
    (is_open, can_move, has_detail): "".join(
        (
            '<a href="{url}"' if is_open else "<span",
            ' class="{classes}"',
            ' data-move="{move}" data-stamp="{stamp}" data-starts="{starts}" data-ends="{ends}"'
            if can_move
            else "",
            ' title="{times} · {label}',
            ' · {detail}"' if has_detail else '"',
            '><b dir="auto">{label}</b> <span dir="ltr">{times}</span>',
            ' <small dir="auto">{detail}</small>' if has_detail else "",
            '<i class="visually-hidden"> · {kind}</i>',
            "</a>" if is_open else "</span>",
        )
    )
    for is_open, can_move, has_detail in product((False, True), repeat=3)
}
"""By whether it opens something, can be moved, has a detail. All that is put into it is escaped first."""
SHUT = '<span class="fk-closed fk-a{} fk-b{}" aria-hidden="true"></span>'
ROW = (
    '<li class="fk-planner-row" data-space="{pk}" data-name="{code}"><div class="fk-planner-name"><a href="{page}">'
    '<bdi dir="ltr" class="fk-code">{code}</bdi></a>{places}</div><div class="{track}" data-track>{before}{after}'
    '<a class="fk-track-new" href="{new}" data-track-new aria-label="{said}"></a>{blocks}{now}</div></li>'
)


@dataclass(frozen=True)
class Drawn:
    """`a` and `b`: from which column to which (the first is 0, `b` not included), with the time to set up and to clean up;
    `starts` and `ends` are what people see of it. `lane`: one below the other where requests overlap.
    """

    block: Block
    a: int
    b: int
    lane: int
    starts: datetime
    ends: datetime

    def html(self, language: str) -> SafeString:
        """Written here and not by a template, nor by `format_html`, which takes four times as long: a busy day has two
        hundred of them.
        """
        block = self.block
        times = f"{format_time(self.starts, language)} – {format_time(self.ends, language)}"
        if self.ends - self.starts >= DAY and self.starts.time() == self.ends.time() == time(0):
            times = gettext("the whole day")
        said = {
            "classes": f"fk-block fk-block-{block.tone} fk-a{self.a} fk-b{self.b} fk-lane-{self.lane}",
            "url": block.url,
            "move": block.move,
            "stamp": block.stamp,
            "starts": self.starts.isoformat(timespec="minutes"),
            "ends": self.ends.isoformat(timespec="minutes"),
            "times": times,
            "label": block.label,
            "detail": block.detail,
            "kind": block.kind,
        }
        pattern = BLOCK[bool(block.url), bool(block.move), bool(block.detail)]
        return mark_safe(pattern.format_map({name: escape(value) for name, value in said.items()}))  # noqa: S308


def mark_of(line: Line) -> str:
    """Another one when anything of what is drawn of a line has changed."""
    blocks = (
        f"{one.start.timestamp()} {one.end.timestamp()} {one.first.timestamp()} {one.last.timestamp()}"
        f" {one.tone} {one.url} {one.move} {one.stamp} {one.label} {one.detail} {one.kind}"
        for one in line.blocks
    )
    resource = line.resource
    return "\t".join((str(resource.pk), resource.code, str(line.places), *blocks))


@dataclass(frozen=True)
class Row:
    line: Line
    drawn: Sequence[Drawn]
    lanes: int

    def html(self, grid: Grid, language: str) -> SafeString:
        space, places, columns = self.line.resource, self.line.places, grid.columns
        first = grid.opening or FIRST
        return format_html(
            ROW,
            pk=space.pk,
            code=space.code,
            page=record_address("space", space.pk),
            places=format_html("<small>{}</small>", _places(places, language)) if places else "",
            track=f"fk-track fk-n{columns}{f' fk-lanes-{self.lanes}' if self.lanes > 1 else ''}",
            before=format_html(SHUT, 0, grid.opens) if grid.opens > 0 else "",
            after=format_html(SHUT, grid.closes, columns) if grid.closes < columns else "",
            new=f"{record_address('booking_new')}?space={space.pk}&starts={grid.day:%Y-%m-%d}T{first:%H:%M}",
            said=gettext("Book %(space)s") % {"space": space.code},
            blocks=format_html_join("", "{}", ((one.html(language),) for one in self.drawn)),
            now=format_html('<span class="fk-now fk-a{}" aria-hidden="true"></span>', grid.now)
            if grid.now is not None
            else "",
        )


def _places(capacity: int, language: str) -> str:
    said = ngettext("%(shown)s place", "%(shown)s places", capacity)
    return said % {"shown": format_number(capacity, language)}


@dataclass(frozen=True)
class Grid:
    """`first` and `last`: hours. `opens` and `closes`: columns of the opening hours; `now`: that of the present, or None."""

    day: date
    first: int
    last: int
    opens: int
    closes: int
    now: int | None
    rows: Sequence[Row]
    opening: time | None = None

    @property
    def columns(self) -> int:
        return (self.last - self.first) * 4

    @property
    def html(self) -> SafeString:
        """Its rows: forty would take a template half of the time of the page."""
        language = (get_language() or "fr")[:2]
        return format_html_join("", "{}", ((row.html(self, language),) for row in self.rows))

    @property
    def hours(self) -> list[tuple[time, int, int]]:
        """Each with the columns it spans."""
        return [(time(self.first + n), n * 4, n * 4 + 4) for n in range(self.last - self.first)]


def day_grid(lines: Iterable[Line], day: date, hours: Day, zone: str, now: datetime) -> Grid:
    """`now` on the clock of the wall."""
    found = list(lines)
    first, last = _bounds(found, day, hours, zone)
    begin = datetime.combine(day, time(first))

    def column(local: datetime, *, up: bool = False) -> int:
        quarters, rest = divmod(local - begin, QUARTER)
        return min(max(quarters + (1 if up and rest else 0), 0), (last - first) * 4)

    rows = []
    for line in found:
        drawn = _drawn(line.blocks, column, zone)
        rows.append(Row(line, drawn, max((one.lane for one in drawn), default=0) + 1))
    opens, closes = hours.opens, hours.closes
    return Grid(
        day=day,
        first=first,
        last=last,
        opens=column(datetime.combine(day, opens)) if opens else 0,
        closes=column(datetime.combine(day, closes), up=True) if closes else 0,
        now=column(now) if now.date() == day and first <= now.hour < last else None,
        rows=rows,
        opening=opens,
    )


def _bounds(lines: Sequence[Line], day: date, hours: Day, zone: str) -> tuple[int, int]:
    """Opening hours, and whatever begins or ends beyond them that day."""
    first = min(hours.opens.hour if hours.opens else USUAL[0], USUAL[0])
    last = max(_up(hours.closes) if hours.closes else USUAL[1], USUAL[1])
    for line in lines:
        for block in line.blocks:
            starts, ends = local(block.start, zone), local(block.end, zone)
            lasts_all_day = starts <= datetime.combine(day, time(0)) and ends.date() > day
            if lasts_all_day:
                continue
            if starts.date() == day:
                first = min(first, starts.hour)
            if ends.date() == day:
                last = max(last, _up(ends.time()))
                if starts.date() < day:
                    first = 0
            elif starts.date() == day:
                last = 24
    return first, min(last, 24)


def _up(clock: time) -> int:
    return clock.hour + (1 if clock.minute or clock.second else 0)


def _drawn(blocks: Sequence[Block], column: object, zone: str) -> list[Drawn]:
    drawn: list[Drawn] = []
    free: list[int] = []  # for each lane, the first column that is free
    for block in blocks:
        a = column(local(block.start, zone))  # type: ignore[operator]
        b = max(column(local(block.end, zone), up=True), a + 1)  # type: ignore[operator]
        lane = next((number for number, since in enumerate(free) if since <= a), len(free))
        free[lane : lane + 1] = [b]
        starts, ends = local(block.first, zone), local(block.last, zone)
        drawn.append(Drawn(block, a, b, lane, starts, ends))
    return drawn


def local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
