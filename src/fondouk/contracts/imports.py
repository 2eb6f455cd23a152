"""What a row of a book means for hosting contracts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.imports import CompanyBook
from fondouk.companies.imports.book import Dossier
from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import Contract, ContractLine
from fondouk.imports import readers
from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.imports.schema import Field, SheetKind, register
from fondouk.lib.text import fold, squash
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.imports import SpaceBook
from fondouk.spaces.models import Resource


class ContractPlanner(Planner):
    """Rows that share a reference are lines of one contract. Without a reference, the office and the day make one."""

    label_field = "reference"

    def prepare(self) -> None:
        self.companies = CompanyBook.of(self.context)
        self.spaces = SpaceBook.of(self.context)
        self.sites = SiteBook.of(self.context)
        dossiers = {dossier.company.pk: dossier for dossier in self.companies.dossiers}
        resources = {resource.pk: resource for resource in self.spaces.at_site.values()}
        self.contracts: dict[str, Contract] = {}
        self.owners: dict[int, Dossier] = {}
        by_id: dict[int, Contract] = {}
        for contract in Contract.objects.all():
            self.contracts[fold(contract.reference)] = contract
            by_id[contract.pk] = contract
            if contract.company_id in dossiers:
                self.owners[id(contract)] = dossiers[contract.company_id]
        self.lines: dict[int, dict[int, ContractLine]] = defaultdict(dict)
        self.held: dict[int, list[ContractLine]] = defaultdict(list)
        for line in ContractLine.objects.all():
            line.contract, line.resource = by_id[line.contract_id], resources[line.resource_id]
            self._keep(line)
        self.seen: set[tuple[int, int]] = set()
        self.accepted: set[int] = set()

    def _keep(self, line: ContractLine) -> None:
        self.lines[id(line.contract)][id(line.resource)] = line
        if line.occupancy == Occupancy.EXCLUSIVE:
            self.held[id(line.resource)].append(line)
        dossier = self.owners.get(id(line.contract))
        if dossier:
            offices = self.context.shared.setdefault("offices held", defaultdict(set))
            offices[id(dossier)].add(squash(line.resource.code))

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        dossier = self._company(values)
        start, end = values.get("start"), values.get("end")
        if start is None and not values.bad & {"start"}:
            values.refuse("missing", "start", _("A contract needs the day it starts."))
        if start and end and end < start:
            values.refuse("dates", "end", _("The contract ends before it starts. Correct one of the two dates."))
        resource = self._space(values, dossier)
        if values.plan.is_refused or dossier is None or resource is None or start is None:
            return
        reference = values.get("reference") or f"{resource.code}-{start:%Y%m%d}"
        values.plan.label = reference
        contract = self.contracts.get(fold(reference))
        if contract is not None and self.owners.get(id(contract)) is not dossier:
            values.refuse(
                "duplicate",
                "reference",
                _("The contract %(reference)s is one of another company."),
                reference=reference,
            )
            return
        line = self.lines[id(contract)].get(id(resource)) if contract is not None else None
        if line is not None and (id(contract), id(resource)) in self.seen:
            values.refuse("duplicate", "reference", _("This contract stands higher up in the book for the same space."))
            return
        occupancy = Occupancy.PLACES if resource.kind == SpaceKind.COWORKING else Occupancy.EXCLUSIVE
        period = DateRange(start, end + timedelta(days=1) if end else None)
        if occupancy == Occupancy.EXCLUSIVE and self._is_held(values, resource, period, line):
            return
        self._write(values, dossier, contract, line, resource, reference, occupancy, period)

    def _company(self, values: Values) -> Dossier | None:
        name = values.get("company")
        if name is None and values.get("ice") is None:
            values.refuse("missing", "company", _("Say whose contract it is."))
            return None
        dossier = self.companies.find(name or "", values.get("ice")) if name or values.get("ice") else None
        if dossier is None:
            values.refuse(
                "unknown company",
                "company",
                _("No company is called “%(value)s”. Add it to the companies, or correct the name."),
            )
        return dossier

    def _space(self, values: Values, dossier: Dossier | None) -> Resource | None:
        code = values.get("space")
        if code is None:
            values.refuse("missing", "space", _("Say which space the contract is for."))
            return None
        site: Site | None = self.sites.resolve(values) if values.get("site") else None
        if site is None and dossier is not None and dossier.residencies:
            site = dossier.residencies[-1].site
        resource = self.spaces.find(code, site)
        if resource is None:
            values.refuse(
                "unknown space",
                "space",
                _("No space is called “%(value)s”. Add it to the spaces, or correct the number."),
            )
        return resource

    def _is_held(self, values: Values, resource: Resource, period: DateRange, line: ContractLine | None) -> bool:
        for other in self.held[id(resource)]:
            if other is line or not _overlap(other.period, period):
                continue
            owner = self.owners.get(id(other.contract))
            values.refuse(
                "overlap",
                "space",
                _("“%(value)s” is held by %(other)s at that time (contract %(reference)s). Correct the space or the dates."),
                other=owner.company.name if owner else "—",
                reference=other.contract.reference,
            )
            return True
        return False

    def _write(
        self,
        values: Values,
        dossier: Dossier,
        contract: Contract | None,
        line: ContractLine | None,
        resource: Resource,
        reference: str,
        occupancy: Occupancy,
        period: DateRange,
    ) -> None:
        end: date | None = values.get("end")
        if end and end < self.context.today:
            values.warn("over", "end", _("This contract is over since %(value)s."))
        if contract is None:
            contract = Contract(
                reference=reference[:60],
                company=dossier.company,
                identity=dossier.identity,
                site=resource.site,
                starts_on=period.lower,
                ends_on=end,
                deposit=values.get("deposit"),
            )
            self.writer.create(contract)
            self.contracts[fold(reference)] = contract
            self.owners[id(contract)] = dossier
            values.plan.touch(created=True)
            self.writer.tell("contracts.contract_imported", contract)
        else:
            self._change_contract(contract, values, line, period, end)
        rent = values.get("rent")
        if line is None:
            line = ContractLine(
                contract=contract,
                resource=resource,
                occupancy=occupancy,
                places=1 if occupancy == Occupancy.PLACES else None,
                period=period,
                rent=rent,
            )
            self.writer.create(line)
            values.plan.touch()
        else:
            self._change(line, values, period=period, **({"rent": rent} if rent is not None else {}))
        self._keep(line)
        self.seen.add((id(contract), id(resource)))
        self.accepted.add(id(contract))

    def _change_contract(
        self, contract: Contract, values: Values, line: ContractLine | None, period: DateRange, end: date | None
    ) -> None:
        """A contract lasts as long as its lines: with a single one, exactly as long."""
        others = [known for known in self.lines[id(contract)].values() if known is not line]
        starts = min([period.lower, *(other.period.lower for other in others)])
        ends: date | None = end
        for other in others:
            last = other.period.upper and other.period.upper - timedelta(days=1)
            ends = max(ends, last) if ends and last else None
        deposit = values.get("deposit")
        wanted: dict[str, Any] = {"starts_on": starts, "ends_on": ends}
        if deposit is not None and (not others or contract.deposit is None):
            wanted["deposit"] = deposit
        self._change(contract, values, **wanted)

    def _change(self, record: Any, values: Values, **wanted: Any) -> None:
        for field, value in wanted.items():
            before = getattr(record, field)
            if self.writer.update(record, **{field: value}):
                values.plan.changes.append((field, shown(before), shown(value)))
                values.plan.touch()

    def totals(self) -> dict[str, int]:
        return {"contracts": len(self.accepted)}


def _overlap(one: DateRange, other: DateRange) -> bool:
    return bool(
        (other.upper is None or one.lower < other.upper) and (one.upper is None or other.lower < one.upper)
    )


CONTRACTS = register(
    SheetKind(
        code="contracts",
        label=_("Hosting contracts"),
        order=40,
        planner=ContractPlanner,
        fields=(
            Field(code="reference", label=_("Reference"), headers=("référence", "réf", "n° convention", "numéro de convention", "convention", "n° contrat", "contrat", "numéro", "reference", "ref", "contract", "contract no", "contract number", "lease", "المرجع", "رقم الاتفاقية", "رقم العقد"), read=readers.text, weight=2),
            Field(code="company", label=_("Company"), required=True, headers=("entreprise", "société", "raison sociale", "locataire", "occupant", "bénéficiaire", "hébergé", "nom de l'entreprise", "company", "company name", "tenant", "occupier", "المقاولة", "الشركة", "المستأجر", "اسم المقاولة"), read=readers.text),
            Field(code="ice", label=_("ICE"), headers=("ice", "i.c.e.", "n° ice", "التعريف الموحد", "التعريف الموحد للمقاولة"), read=readers.ice),
            Field(code="site", label=_("Site"), headers=("site", "ville", "parc", "technopark", "city", "park", "الموقع", "المدينة"), read=readers.text),
            Field(code="space", label=_("Space"), required=True, headers=("espace", "bureau", "n° espace", "n° bureau", "local", "n° local", "space", "office", "office no", "unit", "room", "الفضاء", "المكتب", "رقم المكتب", "رقم الفضاء"), read=readers.text),
            Field(code="start", label=_("Start"), required=True, headers=("début", "date de début", "date début", "date d'effet", "prise d'effet", "du", "à partir du", "signée le", "start", "start date", "from", "begins", "تاريخ البداية", "البداية", "من"), read=readers.day, weight=2),
            Field(code="end", label=_("End"), headers=("fin", "date de fin", "date fin", "échéance", "date d'échéance", "au", "expire le", "jusqu'au", "end", "end date", "to", "until", "expiry", "تاريخ النهاية", "النهاية", "إلى"), read=readers.day, weight=2),
            Field(code="rent", label=_("Monthly rent before tax"), headers=("loyer", "loyer mensuel ht", "loyer mensuel", "loyer ht", "loyer ht mensuel", "redevance", "redevance mensuelle", "montant mensuel", "montant ht", "rent", "monthly rent", "monthly fee", "الكراء", "السومة الكرائية", "الكراء الشهري"), read=readers.money, weight=3),
            Field(code="deposit", label=_("Deposit"), headers=("caution", "dépôt de garantie", "dépôt", "garantie", "deposit", "security deposit", "الضمانة", "مبلغ الضمان", "الضمان"), read=readers.money, weight=3),
        ),
    )
)  # fmt: skip
