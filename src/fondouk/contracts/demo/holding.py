"""Which company held which office, and when: contracts term after term, offices that grow with them.

Terms are taken in the order of their first day. Who renews comes before who arrives, and stays where it is while that
fits. Nothing is written that the database would refuse; what the importer would refuse neither: the tests ask it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.billing.enums import Nature
from fondouk.companies.enums import Indicator, Kind, Mode
from fondouk.companies.models import CompanyKind, Figure, LegalIdentity, Residency
from fondouk.contracts.actions import occupy
from fondouk.contracts.enums import Every, Occupancy
from fondouk.contracts.models import Contract, ContractLine, ContractService, ContractTermination
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.lib.money import round_half_up
from fondouk.lib.periods import add_months
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.enums import Role
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource, ResourceRate

STARTUP_TERM, TERM, DOMICILED_TERM = 22, 36, 12
"""Months."""
AREA_EACH = 4.2
"""m² of office for each person."""
CHUNK = 2000
PARKING, PARKING_SHARE = Decimal(300), 0.3
DOMICILIATION = Decimal(2400)
REASONS = (
    "Préavis donné par l’entreprise : locaux propres en ville.",
    "Fin d’activité.",
    "Préavis donné par l’entreprise.",
    "Départ vers un autre parc.",
    "",
)
LATE = 45
"""A term that ended fewer days ago may not be renewed yet."""


@dataclass
class Place:
    """An office, or a room with places, and from when it is free."""

    resource: Resource
    area: Decimal
    rates: list[ResourceRate]
    free_from: date = date.min
    taken: list[tuple[date, int]] = field(default_factory=list)
    """Of a room with places: until when, how many."""

    def places_left(self, day: date) -> int:
        self.taken = [(until, places) for until, places in self.taken if until >= day]
        return (self.resource.capacity or 0) - sum(places for _until, places in self.taken)

    def rate_on(self, day: date) -> Decimal:
        return next((rate.amount for rate in self.rates if day in rate.period), Decimal(0))


@dataclass(order=True)
class Term:
    """The next contract that a stay needs, from `start`."""

    start: date
    comes_new: bool
    number: int
    stay: Any = field(compare=False)
    office: Place | None = field(default=None, compare=False)


def hold(scene: Scene) -> None:
    for code in dict.fromkeys(member.site for member in CAST if member.site):
        _Site(code, scene).write()
    occupy()


class _Site:
    """One site's contracts: what is known of its stays and spaces, then the walk through its terms."""

    def __init__(self, code: str, scene: Scene) -> None:
        self.scene, self.code = scene, code
        self.chance = scene.chance("contracts", code)
        manager = next(member for member in CAST if member.site == code and member.role == Role.SITE_MANAGER)
        self.manager = Person.objects.get(name=manager.name, account__isnull=False)
        self.stays = list(
            Residency.objects.filter(site__code=code)
            .exclude(mode=Mode.REMOTE)
            .select_related("site", "company")
            .order_by("period", "pk")
        )
        companies = {stay.company_id for stay in self.stays}
        self.heads: dict[int, dict[int, int]] = defaultdict(dict)
        figures = Figure.objects.standing().filter(indicator=Indicator.HEADCOUNT, company__in=companies)
        for company, period, value in figures.order_by("period").values_list("company", "period", "value"):
            self.heads[company][period.lower.year] = int(value)
        self.smes: dict[int, date] = dict(
            CompanyKind.objects.filter(kind=Kind.SME, company__in=companies).values_list(
                "company", "period__startswith"
            )
        )
        self.identities: dict[int, list[LegalIdentity]] = defaultdict(list)
        for identity in LegalIdentity.objects.filter(company__in=companies):
            self.identities[identity.company_id].append(identity)
        spaces = Resource.objects.in_use().filter(site__code=code).prefetch_related("parts", "rates")
        places = [_place(space) for space in spaces]
        self.offices = sorted(
            (place for place in places if place.resource.is_office),
            key=lambda place: (place.area, place.resource.code),
        )
        self.rooms = [place for place in places if place.resource.kind == SpaceKind.COWORKING]
        self.contracts: list[Contract] = []
        self.lines: list[ContractLine] = []
        self.terminations: list[ContractTermination] = []
        self.services: list[ContractService] = []
        self.count: dict[int, int] = defaultdict(int)

    def write(self) -> None:
        terms = [
            Term(stay.period.lower, True, number, stay)  # type: ignore[arg-type]
            for number, stay in enumerate(self.stays)
        ]
        heapq.heapify(terms)
        while terms:
            following = self.sign(heapq.heappop(terms))
            if following is not None:
                heapq.heappush(terms, following)
        Contract.objects.bulk_create(self.contracts, batch_size=CHUNK)
        ContractLine.objects.bulk_create(self.lines, batch_size=CHUNK)
        ContractTermination.objects.bulk_create(self.terminations, batch_size=CHUNK)
        ContractService.objects.bulk_create(self.services, batch_size=CHUNK)

    def sign(self, term: Term) -> Term | None:
        """The contract of that term; the term after it, where the stay goes on."""
        stay, start = term.stay, term.start
        months = DOMICILED_TERM
        if stay.mode != Mode.DOMICILED:
            is_sme = self.smes.get(stay.company_id, date.max) <= start
            months = TERM if is_sme else STARTUP_TERM
        ends = add_months(start, months) - timedelta(days=1)
        left = stay.last_day
        last = min(ends, left) if left else ends
        self.count[start.year] += 1
        contract = Contract(
            reference=f"{self.code[:3].upper()}-{start.year}-{self.count[start.year]:04d}",
            company=stay.company,
            identity=self._identity(stay.company_id, start),
            site=stay.site,
            starts_on=start,
            ends_on=ends,
        )
        self.contracts.append(contract)
        if last < ends:
            said = working_moment(min(last - timedelta(days=20), self.scene.today), self.chance)
            self.terminations.append(
                ContractTermination(
                    contract=contract, on=last, reason=self.chance.choice(REASONS), by=self.manager, at=said
                )
            )
        office = self._hold(contract, stay, start, last, term.office)
        after = last + timedelta(days=1)
        if left is not None and after > left:
            return None
        if after > self.scene.today or (
            after > self.scene.today - timedelta(days=LATE) and self.chance.random() < 0.5
        ):
            return None
        return Term(after, False, term.number, stay, office)

    def _hold(
        self, contract: Contract, stay: Residency, start: date, last: date, before: Place | None
    ) -> Place | None:
        """The line of the contract, where its mode needs a space: the office, to be kept at the next term."""
        period = DateRange(start, last + timedelta(days=1))
        heads = self._heads(stay.company_id, start)
        if stay.mode == Mode.OFFICE and (office := self._office(heads, start, before)):
            office.free_from = last + timedelta(days=1)
            rate = office.rate_on(start)
            rent = round_half_up(office.area * rate, Decimal("0.01"))
            contract.deposit = rent * 3
            by_area = {"rate": rate, "area": office.area} if rate and office.area else {}
            self.lines.append(
                ContractLine(contract=contract, resource=office.resource, period=period, rent=rent, **by_area)
            )
            if self.chance.random() < PARKING_SHARE:
                self.serve(contract, period, "Parking", "موقف السيارات", PARKING, Every.MONTH)
            return office
        if stay.mode == Mode.DESK:
            room = max(self.rooms, key=lambda room: room.places_left(start))
            places = min(heads, 4, room.places_left(start))
            if places > 0:
                room.taken.append((last, places))
                rent = places * room.rate_on(start)
                contract.deposit = rent
                self.lines.append(
                    ContractLine(
                        contract=contract, resource=room.resource, occupancy=Occupancy.PLACES, places=places,
                        period=period, rent=rent,
                    )
                )  # fmt: skip
        if stay.mode == Mode.DOMICILED:
            self.serve(
                contract, period, "Domiciliation", "التوطين", DOMICILIATION, Every.YEAR, Nature.DOMICILIATION
            )
        return None

    def serve(
        self,
        contract: Contract,
        period: DateRange,
        label: str,
        label_ar: str,
        amount: Decimal,
        every: Every,
        nature: Nature = Nature.SERVICE,
    ) -> None:
        self.services.append(
            ContractService(
                contract=contract, label=label, label_ar=label_ar, amount=amount, every=every, nature=nature,
                period=period,
            )
        )  # fmt: skip

    def _office(self, heads: int, day: date, before: Place | None) -> Place | None:
        """The smallest free one that is large enough, else the largest free; one's own while it fits and is free."""
        needed = Decimal(heads * AREA_EACH)
        free = [office for office in self.offices if office.free_from <= day]
        if before in free and needed <= before.area * Decimal("1.15") and before.area < needed * 3:  # type: ignore[union-attr]
            return before
        large = [office for office in free if office.area >= needed * Decimal("0.9")]
        return large[0] if large else free[-1] if free else None

    def _heads(self, company: int, day: date) -> int:
        known = [heads for year, heads in self.heads[company].items() if year <= day.year]
        return known[-1] if known else 2

    def _identity(self, company: int, day: date) -> LegalIdentity | None:
        return next((identity for identity in self.identities[company] if day in identity.period), None)


def _place(space: Resource) -> Place:
    return Place(space, space.area or Decimal(0), list(space.rates.all()))
