"""Rules of RFC 5545 on the clock of the wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.recurrence import MOST, WEEKDAYS, BrokenRule, _Chooser, parse_rule, weekly

TUESDAY = datetime(2026, 12, 1, 10)  # noqa: DTZ001


def days(rule: str, first: datetime = TUESDAY) -> list[str]:
    return [f"{start:%m-%d}" for start in parse_rule(rule).starts(first)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["12-01", "12-08", "12-15"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261215", ["12-01", "12-08", "12-15"]),
        ("FREQ=WEEKLY;UNTIL=20261215T080000Z", ["12-01", "12-08", "12-15"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["12-01", "12-15"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", ["12-01", "12-03", "12-08", "12-10"]),
        ("FREQ=DAILY;UNTIL=20261203", ["12-01", "12-02", "12-03"]),
        ("freq=monthly;byday=1tu;count=2", ["12-01", "01-05"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["12-01", "12-31", "01-31"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["12-01", "12-31"]),
    ],
)
def test_the_times_of_a_rule(rule: str, expected: list[str]) -> None:
    """The first time is the booking's own, also where the rule alone would not give it."""
    assert days(rule) == expected


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "syntax"),
        ("FREQ", "syntax"),
        ("FREQ=WEEKLY;FREQ=DAILY;COUNT=2", "syntax"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "syntax"),
        ("FREQ=WEEKLY;COUNT=0", "syntax"),
        ("FREQ=WEEKLY;COUNT=٣", "syntax"),
        ("FREQ=WEEKLY;UNTIL=20261331", "syntax"),
        ("FREQ=WEEKLY;BYDAY=2TU;COUNT=3", "syntax"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=3", "syntax"),
        ("FREQ=MONTHLY;BYMONTHDAY=99;COUNT=3", "syntax"),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=3", "syntax"),
        ("FREQ=WEEKLY;INTERVAL=x;COUNT=3", "syntax"),
        ("FREQ=WEEKLY;BYHOUR=9;COUNT=3", "part"),
        ("FREQ=HOURLY;COUNT=3", "frequency"),
        ("FREQ=SECONDLY;COUNT=3", "frequency"),
        ("FREQ=WEEKLY", "endless"),
        ("FREQ=DAILY;COUNT=10000", "many"),
        ("FREQ=DAILY;COUNT=99999999999999999999", "many"),
    ],
)
def test_what_is_no_rule_here(rule: str, reason: str) -> None:
    with pytest.raises(BrokenRule) as broken:
        parse_rule(rule)
    assert broken.value.reason == reason


def test_a_rule_that_lasts_too_long_or_is_over_before_it_begins() -> None:
    with pytest.raises(BrokenRule) as many:
        parse_rule("FREQ=DAILY;UNTIL=99991231").starts(TUESDAY)
    assert many.value.reason == "long"
    with pytest.raises(BrokenRule) as often:
        parse_rule("FREQ=DAILY;UNTIL=20340101").starts(TUESDAY)
    assert often.value.reason == "many"
    for never in ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "FREQ=YEARLY;COUNT=20"):
        with pytest.raises(BrokenRule) as long:
            parse_rule(never).starts(TUESDAY)
        assert long.value.reason == "long"
    with pytest.raises(BrokenRule) as none:
        parse_rule("FREQ=DAILY;UNTIL=20261130").starts(TUESDAY)
    assert none.value.reason == "none"


def test_is_kept_as_it_is_read() -> None:
    rule = parse_rule("count=3;freq=weekly;byday=TU,TH")
    assert str(rule) == "FREQ=WEEKLY;BYDAY=TU,TH;WKST=MO;COUNT=3"
    assert parse_rule(str(rule)) == rule
    assert str(rule.until_day(date(2026, 12, 31))) == "FREQ=WEEKLY;BYDAY=TU,TH;WKST=MO;UNTIL=20261231"
    ends = parse_rule("FREQ=DAILY;UNTIL=20261210")
    assert ends.until_day(date(2026, 12, 31)).until == date(2026, 12, 10)


@given(
    st.integers(1, 4), st.sets(st.integers(0, 6), min_size=1), st.integers(0, 200), st.integers(0, 23 * 60)
)
def test_every_so_many_weeks_on_some_days(every: int, chosen: set[int], length: int, minute: int) -> None:
    first = datetime(2026, 12, 1) + timedelta(minutes=minute)  # noqa: DTZ001
    until = first.date() + timedelta(days=length)
    found = weekly(first, until=until, every=every, days=chosen).starts(first)
    monday = first.date() - timedelta(days=first.weekday())
    expected = {first} | {
        first + timedelta(days=number)
        for number in range(length + 1)
        if (first + timedelta(days=number)).weekday() in chosen
        and ((first.date() + timedelta(days=number) - monday).days // 7) % every == 0
    }
    assert found == sorted(expected)
    assert len(found) <= MOST


@st.composite
def rules_of_all_kinds(draw: Any) -> tuple[str, datetime, date]:
    """What calendars write, without an end; the first time, and a last day."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    by_month = frequency in ("MONTHLY", "YEARLY")
    days = st.sampled_from(WEEKDAYS)
    if by_month and draw(st.booleans()):
        days = st.builds("{}{}".format, st.sampled_from((1, 2, 3, 5, -1, -2)), days)
    numbers = {
        "BYMONTHDAY": st.sampled_from((1, 5, 13, 28, 29, 30, 31, -1, -2, -15)),
        "BYMONTH": st.integers(1, 12),
        "BYSETPOS": st.sampled_from((1, 2, 3, -1, -2)),
    }
    parts = [
        f"FREQ={frequency}",
        f"INTERVAL={draw(st.integers(1, 4))}",
        f"WKST={draw(st.sampled_from(WEEKDAYS))}",
    ]
    for name, values in {"BYDAY": days, **numbers}.items():
        fits = by_month or name in ("BYDAY", "BYMONTH") or (name == "BYMONTHDAY" and frequency == "DAILY")
        if fits and draw(st.booleans()):
            parts.append(
                f"{name}={','.join(map(str, draw(st.lists(values, min_size=1, max_size=3, unique=True))))}"
            )
    first = TUESDAY + timedelta(days=draw(st.integers(0, 900)))
    return ";".join(parts), first, first.date() + timedelta(days=draw(st.integers(1, 1500)))


@given(rules_of_all_kinds())
def test_as_another_library_understands_them(said: tuple[str, datetime, date]) -> None:
    """`dateutil` never ends where a rule gives nothing: it is asked for no more than what we have, and one."""
    text, first, last = said
    found = list(parse_rule(f"{text};UNTIL={last:%Y%m%d}")._walk(first, last))
    if found:
        others = rrulestr(f"{text};UNTIL={last:%Y%m%d}T235959", dtstart=first)
        assert [*islice(others, len(found))] == found


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366;COUNT=2",
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4,6,9,11;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=9",
    ],
)
def test_what_never_comes_is_found_out_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[date] = []
    fits = _Chooser._fits
    monkeypatch.setattr(_Chooser, "_fits", lambda self, day: looked.append(day) or fits(self, day))
    with pytest.raises(BrokenRule, match="long"):
        parse_rule(text).starts(TUESDAY)
    assert len(looked) <= 3653 + 366


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYSETPOS=2;COUNT=2", "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=2", "FREQ=DAILY;INTERVAL=1,2;COUNT=2",
        "FREQ=DAILY;WKST=XX;COUNT=2", "FREQ=DAILY;UNTIL=20270203garbage", "FREQ=DAILY;UNTIL=2027020",
    ],
)  # fmt: skip
def test_what_calendars_do_not_agree_on_or_cannot_read(text: str) -> None:
    with pytest.raises(BrokenRule):
        parse_rule(text)
