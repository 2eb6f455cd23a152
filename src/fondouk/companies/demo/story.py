"""The lives of companies that never were: who came when, grew or shrank, and left. Nothing here knows a database.

Month by month, on each site, companies leave with a probability that depends on their age, kind and size; others come so
that the number hosted follows the site's course. A new year multiplies a headcount by a factor that is the company's
own and chance's. Rates were chosen so that totals come near those published for the model; see the tests.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from fondouk.companies.enums import Kind, LegalForm, Mode, Stage
from fondouk.lib.demonstration import Scene, between, months, year_of
from fondouk.sites.demo import PARKS, Park

MODES = ((Mode.OFFICE, 0.72), (Mode.DESK, 0.17), (Mode.DOMICILED, 0.07), (Mode.REMOTE, 0.04))
SECTORS = (("ict", 0.66), ("green", 0.15), ("creative", 0.19))
QUICKER = [(2017.0, 1.0), (2021.0, 1.25)]
"""Lately companies come and go faster."""
LEAVING_SOON, COMING_SOON = 2, 2
"""On each site: who has given notice, and who is expected."""
LARGEST = 90
"""A company that has more people than that has moved to a building of its own."""


@dataclass
class Year:
    """What a company says of one calendar year, on `said_on`; a part that is missing was not said."""

    year: int
    said_on: date
    headcount: int | None
    women: int | None
    under_35: int | None
    turnover: int | None
    exports: int | None
    funds_raised: int | None
    corrected: tuple[date, int] | None = None
    """The day a headcount was corrected, and to what."""


@dataclass
class Life:
    """One company on one site. `last` is the last day of its stay, None while it stays."""

    number: int
    park: str
    mode: Mode
    first: date
    sector: str
    form: LegalForm
    founded: date
    kinds: list[tuple[Kind, date]]
    stages: list[tuple[Stage, date]]
    quality: float
    last: date | None = None
    sizes: dict[int, int] = field(default_factory=dict)
    """People at the end of each year of the stay."""
    years: list[Year] = field(default_factory=list)
    converted_on: date | None = None
    """The day a company of one associate became one of several."""

    known_on: date = date.min
    """When the staff first wrote it down."""

    def is_hosted_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or self.last >= day)

    def kind_on(self, day: date) -> Kind:
        return next(kind for kind, since in reversed(self.kinds) if since <= day)

    def size_on(self, day: date) -> int:
        known = [size for year, size in self.sizes.items() if year <= day.year]
        return known[-1] if known else 1


def lives(scene: Scene) -> list[Life]:
    """Every company of the network's history, the earliest first."""
    found = [life for park in PARKS if park.course for life in _of_park(park, scene)]
    found.sort(key=lambda life: (life.first, life.park, life.number))
    for number, life in enumerate(found):
        life.number = number
        _declare(life, scene)
    return found


def _of_park(park: Park, scene: Scene) -> list[Life]:
    chance = scene.chance("lives", park.code)
    everybody: list[Life] = []
    hosted: list[Life] = []
    for month in months(park.opened, scene.today):
        end = min(month.replace(day=monthrange(month.year, month.month)[1]), scene.today)
        if month.month == 1:
            for life in hosted:
                _grow(life, month.year, chance)
        pace = park.pace * between(QUICKER, month.year)
        for life in list(hosted):
            if chance.random() < _leaving(life, month) * pace / 12:
                day = month + timedelta(days=chance.randrange(end.day))
                if day > life.first + timedelta(days=60):
                    life.last = day
                    hosted.remove(life)
        wanted = between(park.course, year_of(end)) * scene.scale - len(hosted)
        if month.month == 8:
            wanted /= 3  # few move in August
        coming = max(0, int(wanted) + (chance.random() < wanted % 1))
        for _number in range(coming):
            first = max(park.opened, month + timedelta(days=chance.randrange(end.day)))
            life = _newcomer(len(everybody), park, first, chance)
            everybody.append(life)
            hosted.append(life)
    for life in chance.sample(hosted, min(len(hosted), LEAVING_SOON)):
        life.last = scene.today + timedelta(days=chance.randrange(8, 60))
    for _number in range(COMING_SOON):
        first = scene.today + timedelta(days=chance.randrange(4, 50))
        everybody.append(_newcomer(len(everybody), park, first, chance))
    for life in everybody:
        noted = life.first - timedelta(days=chance.randrange(12, 70))
        life.known_on = max(min(noted, scene.today - timedelta(days=2)), park.opened - timedelta(days=60))
        life.kinds[0] = (life.kinds[0][0], life.known_on)
        _ripen(life, scene.today, chance)
    return everybody


def _weighted(chance: random.Random, choices: tuple[tuple[str, float], ...]) -> str:
    return chance.choices([one for one, _weight in choices], [weight for _one, weight in choices])[0]


def _newcomer(number: int, park: Park, first: date, chance: random.Random) -> Life:
    is_sme = chance.random() < 0.28
    age = chance.randrange(900, 5000) if is_sme else chance.randrange(20, 700)
    size = chance.choice((6, 8, 8, 10, 11, 12, 14, 18)) if is_sme else chance.choice((1, 2, 2, 2, 3, 3, 4, 5))
    mode = Mode(_weighted(chance, MODES))
    if mode != Mode.OFFICE:
        size = min(size, 4)
    form = _weighted(
        chance,
        (
            (LegalForm.SARL, 0.55), (LegalForm.SA, 0.08), (LegalForm.SARL_AU, 0.37),
        ) if is_sme else (
            (LegalForm.SARL_AU, 0.56), (LegalForm.SARL, 0.36), (LegalForm.SAS, 0.05), (LegalForm.COOPERATIVE, 0.03),
        ),
    )  # fmt: skip
    kind = Kind.SME if is_sme else Kind.STARTUP
    stage = Stage.MATURE if is_sme else chance.choice((Stage.IDEA, Stage.PROTOTYPE, Stage.LAUNCH))
    return Life(
        number, park.code, mode, first, _weighted(chance, SECTORS), LegalForm(form),
        founded=first - timedelta(days=age), kinds=[(kind, first)], stages=[(stage, first)],
        quality=chance.gauss(0.0, 1.0), sizes={first.year: size},
    )  # fmt: skip


def _grow(life: Life, year: int, chance: random.Random) -> None:
    """The size at the end of `year`, from that of the year before."""
    before = life.sizes[max(life.sizes)]
    pull = 0.11 if life.kinds[-1][0] == Kind.STARTUP else 0.06
    factor = 1 + pull + 0.13 * life.quality + chance.gauss(0, 0.16)
    cap = LARGEST if life.mode == Mode.OFFICE else 6
    life.sizes[year] = max(1, min(cap, round(before * max(0.55, factor))))


def _leaving(life: Life, month: date) -> float:
    """The yearly rate at which such a company leaves: first the trial, then the end of the startup's terms, then calm."""
    age = (month - life.first).days / 365.25
    kind = life.kinds[-1][0]
    size = life.sizes[max(life.sizes)]
    if kind == Kind.SME:
        rate = 0.085
    else:
        rate = between([(0, 0.05), (1, 0.12), (2, 0.2), (4, 0.26), (6, 0.42)], age)
        if age > 3.2 and size >= 8:
            life.kinds.append((Kind.SME, month))
            rate = 0.085
    if size == 1 and age > 2:
        rate += 0.16
    if size > 45:
        rate += 0.22
    return rate


def _ripen(life: Life, today: date, chance: random.Random) -> None:
    """Stages follow age and size; a company of one associate takes others as it grows."""
    end = min(life.last or today, today)
    order = list(Stage)
    day = life.first
    while life.stages[-1][0] != Stage.MATURE:
        here = order.index(life.stages[-1][0])
        day += timedelta(days=chance.randrange(240, 620) + 200 * here)
        if day >= end:
            break
        size = life.size_on(day)
        if here >= 2 and size < (5, 12)[here - 2]:
            if here == 2 and size >= 3 and chance.random() < 0.5:
                pass  # small, and growing all the same
            else:
                continue
        life.stages.append((order[here + 1], day))
    if life.form == LegalForm.SARL_AU and life.size_on(end) >= 8 and chance.random() < 0.5:
        day = life.first + timedelta(days=chance.randrange(300, 1500))
        if day < end:
            life.converted_on = day


def _declare(life: Life, scene: Scene) -> None:
    """What it said of each year: its people on arrival, then most of the rest early in the next year; few correct."""
    chance = scene.chance("figures", life.park, life.number)
    per_head = chance.uniform(150_000, 330_000) * (1.25 if life.sector == "ict" else 1.0)
    women = min(0.9, max(0.05, chance.gauss(0.37, 0.17)))
    young = min(1.0, max(0.2, chance.gauss(0.7, 0.15)))
    exports = chance.uniform(0.1, 0.7) if chance.random() < 0.28 else 0.0
    answers = min(0.98, max(0.5, chance.gauss(0.87, 0.12)))
    if life.first >= scene.today:
        return
    arrived = life.sizes[life.first.year]
    life.years.append(
        Year(
            life.first.year, life.first, arrived, _share(arrived, women, chance), _share(arrived, young, chance),
            None, None, None,
        )
    )  # fmt: skip
    for year, size, last in _said_years(life, scene.today, chance):
        said_on = date(year + 1, 1, 15) + timedelta(days=int(chance.betavariate(2, 4) * 200))
        if said_on >= scene.today or chance.random() > (answers if not last else answers * 0.35):
            continue
        ramp = min(1.0, 0.25 + 0.3 * (year - life.founded.year))
        turnover = round(size * per_head * ramp * chance.uniform(0.8, 1.2) * 1.02 ** (year - 2020), -3)
        raised = 0
        if life.kinds[0][0] == Kind.STARTUP and life.quality > 0.5 and chance.random() < 0.09:
            raised = chance.choice((300, 500, 800, 1200, 2000, 3500, 6000)) * 1000
        told = Year(year, said_on, size, None, None, None, None, raised or None)
        if year == life.first.year:
            told.headcount = None  # said on arrival
        else:
            told.women = _share(size, women, chance) if chance.random() < 0.93 else None
            told.under_35 = _share(size, young, chance) if chance.random() < 0.9 else None
        if chance.random() < 0.92:
            told.turnover = int(turnover)
        if told.turnover is not None and exports:
            told.exports = int(round(told.turnover * min(1.0, exports * chance.uniform(0.7, 1.3)), -3))
        if chance.random() < 0.03 and told.headcount:
            day = said_on + timedelta(days=chance.randrange(20, 400))
            if day < scene.today:
                told.corrected = (day, size + chance.choice((1, 1, 2, 3)))
        life.years.append(told)


def _said_years(life: Life, today: date, chance: random.Random) -> Iterator[tuple[int, int, bool]]:
    """The years it can speak of, with the size; the last two of those after it left are told by few."""
    for year, size in life.sizes.items():
        yield year, size, False
    if life.last is not None and life.last < today:
        size = life.sizes[max(life.sizes)]
        for year in range(life.last.year + 1, min(life.last.year + 3, today.year)):
            size = max(1, round(size * chance.uniform(0.8, 1.35)))
            yield year, size, True


def _share(whole: int, part: float, chance: random.Random) -> int:
    return sum(chance.random() < part for _person in range(whole))
