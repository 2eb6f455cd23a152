"""Contracts and their lines, and which spaces they hold when."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.imports import CompanyBook
from fondouk.companies.imports.book import Dossier
from fondouk.contracts.actions import HOSTING
from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.imports.periods import overlap, within
from fondouk.lib.text import fold, squash
from fondouk.lib.zones import local_range
from fondouk.spaces.actions import conflicts
from fondouk.spaces.claims import Wanted
from fondouk.spaces.imports import SpaceBook
from fondouk.spaces.models import Claim, Resource

DAY = timedelta(days=1)


def key_of(reference: str) -> str:
    """Equal for references that are one in the database."""
    return fold(reference.casefold())


def loose_key_of(reference: str) -> str:
    """Dashes, dots, slashes and spaces are one sign: 1-12 is not 11-2."""
    return re.sub(r"[\s\-_./]+", " ", key_of(reference)).strip()


@dataclass(eq=False)
class Folder:
    """One contract: whose it is, its lines, and the day it was ended on before its time."""

    contract: Contract
    owner: Dossier | None
    lines: list[ContractLine] = field(default_factory=list)
    termination: ContractTermination | None = None

    def capped(self, period: DateRange) -> DateRange | None:
        """A line's period as far as the contract ran; None when nothing is left of it."""
        if self.termination is None:
            return period
        end = self.termination.on + DAY
        if period.lower is not None and period.lower >= end:
            return None
        return DateRange(period.lower, min(end, period.upper) if period.upper else end)


class ContractBook:
    """Spaces are held through their parts: who has room A+B has room A."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.spaces = SpaceBook.of(context)
        self.folders: dict[str, Folder] = {}
        self.loosely: dict[str, list[Folder]] = defaultdict(list)
        self.by_owner: dict[tuple[int, int], list[tuple[Folder, ContractLine]]] = defaultdict(list)
        self.held: dict[int, list[tuple[Folder, ContractLine]]] = defaultdict(list)
        self.offices: dict[int, set[str]] = context.shared.setdefault("offices held", defaultdict(set))
        foreign = Claim.objects.exclude(kind__in=HOSTING)
        self.claimed = set(foreign.order_by().values_list("part", flat=True).distinct())
        owners = {
            dossier.company.pk: dossier for dossier in CompanyBook.of(context).dossiers if dossier.company.pk
        }
        resources = {resource.pk: resource for resource in self.spaces.all if resource.pk}
        by_pk: dict[int, Folder] = {}
        for contract in Contract.objects.defer("reference_folded").order_by("pk"):
            by_pk[contract.pk] = folder = Folder(contract, owners.get(contract.company_id))
            self.add(folder)
        for termination in ContractTermination.objects.all():
            by_pk[termination.contract_id].termination = termination
        for line in ContractLine.objects.binding().order_by("period", "pk"):
            folder = by_pk[line.contract_id]
            line.contract, line.resource = folder.contract, resources[line.resource_id]
            self.add_line(folder, line)

    def add(self, folder: Folder) -> None:
        self.folders[key_of(folder.contract.reference)] = folder
        self.loosely[loose_key_of(folder.contract.reference)].append(folder)

    def add_line(self, folder: Folder, line: ContractLine) -> None:
        folder.lines.append(line)
        for key in self._places(line.resource):
            self.held[key].append((folder, line))
        if folder.owner is not None:
            self.by_owner[id(folder.owner), id(line.resource)].append((folder, line))
            self.offices[id(folder.owner)].add(squash(line.resource.code))

    def _places(self, resource: Resource) -> list[int]:
        return [id(part) for part in self.spaces.parts.get(id(resource), [])] or [id(resource)]

    def find(self, reference: str) -> Folder | None:
        """By the reference as the database tells them apart, else by its letters and digits where one contract has them:
        "CH 2024-0001" is CH-2024-0001.
        """
        if found := self.folders.get(key_of(reference)):
            return found
        near = {id(folder): folder for folder in self.loosely.get(loose_key_of(reference), [])}
        return next(iter(near.values())) if len(near) == 1 else None

    def unnamed(self, owner: Dossier, resource: Resource, start: date) -> Folder | None:
        """The contract of a row without reference: this company's, for this space, from this day on."""
        return next(
            (
                folder
                for folder, line in self.by_owner[id(owner), id(resource)]
                if line.period.lower == start or folder.contract.starts_on == start
            ),
            None,
        )

    def holders(
        self, resource: Resource, period: DateRange, own: ContractLine | None
    ) -> list[tuple[Folder, ContractLine]]:
        """Exclusive lines of others that hold some of `resource` at some time of `period`, terminations
        counted.
        """
        found = []
        for key in self._places(resource):
            for folder, line in self.held[key]:
                if line is own or line.occupancy != Occupancy.EXCLUSIVE:
                    continue
                runs = folder.capped(line.period)
                if runs is not None and overlap(runs, period):
                    found.append((folder, line))
        return found

    def others(self, resource: Resource, period: DateRange) -> list[Claim]:
        """What stands there besides contracts: bookings, works. Asked of the database, for the few spaces that have any."""
        if not self.claimed.intersection(parts := self._parts(resource)):
            return []
        zone = resource.site.zone
        start = local_range(period.lower, zone)[0]
        end = local_range(period.upper, zone)[0] if period.upper else None
        return conflicts([Wanted(0, part, start, end) for part in parts], but=HOSTING)

    def _parts(self, resource: Resource) -> list[int]:
        return [part.pk for part in self.spaces.parts.get(id(resource), []) if part.pk]

    def cut(self, resource: Resource, period: DateRange, own: ContractLine | None) -> None:
        """Lines of contracts that were ended early, but still stand to their full length: make room for
        `period`.
        """
        for key in self._places(resource):
            for folder, line in self.held[key]:
                if line is own or not overlap(line.period, period):
                    continue
                runs = folder.capped(line.period)
                if runs is not None and runs != line.period and within(runs, line.period):
                    self.context.writer.update(line, period=runs)
