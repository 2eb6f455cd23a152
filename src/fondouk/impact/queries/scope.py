"""What is looked at: a year, some sites, a sector, a stage; and from which day's knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Scope:
    """`sites` None: the whole network. `sector` and `stage` "": all. `as_of` None: everything known by now.

    With `as_of`, stays and figures are read as they stood at that moment; sectors, stages, contracts and spaces are not
    kept by moment, and are read as they are known now.
    """

    year: int
    today: date
    sites: frozenset[int] | None = None
    sector: str = ""
    stage: str = ""
    as_of: datetime | None = None
    observed_from: int | None = None
    """The year in which the observation of stays begins: whoever came before is at risk only from its first day."""

    @property
    def day(self) -> date:
        """The last day of the year, or today while the year goes on."""
        return min(date(self.year, 12, 31), self.today)

    @property
    def since(self) -> date | None:
        return date(self.observed_from, 1, 1) if self.observed_from else None

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def is_over(self) -> bool:
        return self.today > date(self.year, 12, 31)
