"""What somebody wishes to book, before anything is written; and why it cannot be had."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fondouk.lib.recurrence import Rule
from fondouk.lib.zones import NonexistentLocalTime, resolve

if TYPE_CHECKING:
    from fondouk.companies.models import Company
    from fondouk.people.models import Person
    from fondouk.spaces.models import Claim, Resource


@dataclass(frozen=True)
class Wish:
    """`starts` and `ends` are naive, on the clock of the site; those of the first occurrence where `rule` repeats it."""

    resource: Resource
    starts: datetime
    ends: datetime
    title: str
    organiser: Person
    company: Company | None = None
    rule: Rule | None = None
    attendees: int | None = None
    note: str = ""
    is_private: bool = False

    def digest(self, *more: Any) -> str:
        """Equal for equal wishes, and equal things that were said with them: what a key for one request stands for."""
        said = [
            self.resource.pk, self.starts.isoformat(), self.ends.isoformat(), self.title, self.organiser.pk,
            self.company.pk if self.company else None, str(self.rule or ""), self.attendees, self.note, self.is_private,
            *more,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def length(self) -> timedelta:
        """On the clock of the wall."""
        return self.ends - self.starts

    def spans(self) -> list[Span]:
        """All its times. Raises `lib.recurrence.BrokenRule`."""
        starts = self.rule.starts(self.starts) if self.rule else [self.starts]
        zone = self.resource.site.zone
        return [Span.of(start, start, start + self.length, zone) for start in starts]


@dataclass(frozen=True)
class Span:
    """A time of a wish: on the wall, and in UTC; `first` and `last` are None where the clock jumps over one of them."""

    recurs_at: datetime
    starts: datetime
    ends: datetime
    first: datetime | None
    last: datetime | None

    @classmethod
    def of(cls, recurs_at: datetime, starts: datetime, ends: datetime, zone: str) -> Span:
        try:
            return cls(recurs_at, starts, ends, resolve(starts, zone), resolve(ends, zone))
        except NonexistentLocalTime:
            return cls(recurs_at, starts, ends, None, None)

    @property
    def is_real(self) -> bool:
        """Whether both its ends exist on that clock."""
        return self.first is not None and self.last is not None

    def slot(self, setup: int = 0, cleanup: int = 0) -> tuple[datetime, datetime]:
        """In UTC, with so many minutes before and after. For those that are real."""
        if self.first is None or self.last is None:
            raise ValueError(self)
        return self.first - timedelta(minutes=setup), self.last + timedelta(minutes=cleanup)


@dataclass(frozen=True)
class Clash:
    """A time that cannot be had. `reason`: "taken" (by `claims`), "closed", "jumped" (the clock skips it), "quota" and
    "gone" (as `said`).
    """

    span: Span
    reason: str
    claims: list[Claim] = field(default_factory=list)
    said: str = ""

    def __str__(self) -> str:
        return (
            self.said
            or {
                "taken": _("This space is taken then."),
                "closed": _("The site is closed then."),
                "jumped": _("The clock is put forward then: this time does not exist."),
            }[self.reason]
        )


class Unavailable(Exception):
    """Some times of a wish cannot be had; nothing is written. Asking again with `skip` leaves them out. No clashes: others
    were writing there all the time, and nobody knows yet what is left.
    """

    def __init__(self, clashes: Sequence[Clash] = ()) -> None:
        super().__init__(f"{len(clashes)} times cannot be had")
        self.clashes = list(clashes)

    def __str__(self) -> str:
        return str(self.clashes[0]) if self.clashes else _("This space is taken then.")


class KeyReused(Exception):
    """The key of a request stands for another one already."""

    def __str__(self) -> str:
        return _("This key was used for another request.")


class PriceChanged(Exception):
    """It costs more than was shown: `total`, before tax. Nothing is written."""

    def __init__(self, total: Decimal) -> None:
        super().__init__(str(total))
        self.total = total

    def __str__(self) -> str:
        return _("The price has changed meanwhile. Look at it again.")


class Stale(Exception):
    """Somebody has changed it since it was read. `occurrence` is as it is now."""

    def __init__(self, occurrence: Any) -> None:
        super().__init__(str(occurrence))
        self.occurrence = occurrence

    def __str__(self) -> str:
        return _("Somebody has changed this booking meanwhile. Look at it again.")


class TooLate(Exception):
    """What is over, cancelled or declined does not change any more."""

    def __init__(self, what: Any) -> None:
        super().__init__(str(what))
        self.what = what

    def __str__(self) -> str:
        return _("This booking is over or has been cancelled.")
