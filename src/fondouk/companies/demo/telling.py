"""A life told as acts, in the order and at the moments in which people would have done them.

`tell` says each act to a `Hand`. The demonstration's own (`writing.Bulk`) writes rows in bulk; the one in the tests calls
the actions with the clock set back. Both leave the same network: `tests/demo/test_bulk.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from django.utils.text import slugify

from fondouk.companies.enums import FigureSource, LegalForm, MemberRole, Mode
from fondouk.companies.models import Company
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.demo import a_name
from fondouk.sites.enums import Role

from .names import Names
from .story import Life, Year

FORMS = {
    LegalForm.SARL: "SARL",
    LegalForm.SARL_AU: "SARL AU",
    LegalForm.SA: "SA",
    LegalForm.SAS: "SAS",
    LegalForm.COOPERATIVE: "",
}
COURTS = {"casablanca": "Casablanca", "rabat": "Rabat", "tanger": "Tanger"}
TITLES = ("Développement", "Produit", "Commercial", "Administration", "Design", "Support")
NOTES = (
    "Visite du bureau : l’équipe va doubler au printemps, prévoir un espace plus grand.",
    "Cherche un premier client dans l’industrie ; présenter le responsable des partenariats.",
    "Demande d’accompagnement sur la gestion financière. Orientée vers l’atelier du mois prochain.",
    "Bilan annuel reçu, chiffres conformes à la déclaration.",
    "Souhaite exposer au salon de l’automne ; à rappeler.",
    "Loyer réglé avec retard deux mois de suite : appel du gérant, situation expliquée.",
)


class Hand(Protocol):
    """Does what it is told, at the moment that was set. Everything it returns may be given back to it."""

    def at(self, moment: datetime) -> None: ...
    def create_person(self, *, name: str, name_ar: str, email: str, by: Any) -> Any: ...
    def create_company(self, company: Company, *, identity: dict[str, Any], by: Any) -> Any: ...
    def set_identity(self, company: Any, values: dict[str, Any], *, since: date, by: Any) -> None: ...
    def assign_sector(self, company: Any, sector: Any, *, by: Any) -> None: ...
    def assign_stage(self, company: Any, stage: str, *, by: Any) -> None: ...
    def assign_kind(self, company: Any, kind: str, *, by: Any) -> None: ...
    def assign_steward(self, company: Any, person: Any, *, by: Any) -> None: ...
    def open_residency(self, company: Any, *, site: Any, mode: str, first: date, by: Any) -> Any: ...
    def close_residency(self, residency: Any, *, last: date, by: Any) -> None: ...
    def add_member(
        self, company: Any, person: Any, *, role: str, title: str, since: date, by: Any
    ) -> None: ...
    def declare_figures(
        self, company: Any, *, year: int, values: Mapping[str, Decimal], source: str, note: str, by: Any
    ) -> None: ...
    def write_note(self, company: Any, text: str, *, by: Any) -> None: ...


class Park:
    """What a life needs to know of the place: its row, who admits, who runs it, the sectors."""

    def __init__(
        self, site: Any, staff: Mapping[Role, Any], manager: Any, sectors: Mapping[str, Any]
    ) -> None:
        self.site, self.staff, self.manager, self.sectors = site, staff, manager, sectors


def tell(life: Life, hand: Hand, names: Names, park: Park, scene: Scene) -> None:
    """From the day the staff wrote the company down to its last word."""
    acts: list[tuple[datetime, int, Callable[[], None]]] = []
    chance = scene.chance("telling", life.park, life.number)

    def on(day: date, act: Callable[[], None]) -> None:
        acts.append((working_moment(day, chance), len(acts), act))

    teller = _Teller(life, hand, names, park, chance)
    began = working_moment(life.known_on, chance)
    for step in teller.beginning():
        acts.append((began, len(acts), step))
    for stage, since in life.stages[1:]:
        on(since, partial(teller.reach, stage))
    for kind, since in life.kinds[1:]:
        on(since, partial(teller.become, kind))
    if life.converted_on:
        on(life.converted_on, partial(teller.convert, life.converted_on))
    for told in life.years:
        on(told.said_on, partial(teller.declare, told))
        if told.corrected:
            on(told.corrected[0], partial(teller.correct, told.year, told.corrected[1]))
    if life.last is not None:
        said = min(life.last - timedelta(days=14), scene.today - timedelta(days=1))
        on(max(said, life.first), partial(teller.leave, life.last))
    if life.last is None or life.last > scene.today:
        for day in teller.colleagues_came(scene.today):
            on(day, partial(teller.add_colleague, day))
        if chance.random() < 0.16 and (scene.today - life.first).days > 40:
            day = scene.today - timedelta(days=chance.randrange(2, 240))
            on(max(day, life.first), teller.write_note)
    for moment, _order, act in sorted(acts, key=lambda one: one[:2]):
        hand.at(moment)
        act()


class _Teller:
    def __init__(self, life: Life, hand: Hand, names: Names, park: Park, chance: Any) -> None:
        self.life, self.hand, self.park, self.chance = life, hand, park, chance
        self.latin, self.arabic, self.activity = names.of(life.sector)
        self.domain = f"{slugify(self.latin)}.example"
        self.identity: dict[str, Any] = {}
        self.company: Any = None
        self.owner: Any = None
        self.stay: Any = None

    def beginning(self) -> list[Callable[[], None]]:
        life, hand, park = self.life, self.hand, self.park
        admissions = park.staff[Role.ADMISSIONS]
        return [
            self._create,
            lambda: hand.assign_sector(self.company, park.sectors[life.sector], by=admissions),
            lambda: hand.assign_stage(self.company, life.stages[0][0], by=admissions),
            lambda: hand.assign_kind(self.company, life.kinds[0][0], by=admissions),
            lambda: hand.assign_steward(self.company, self._steward(), by=admissions),
            self._add_owner,
            self._open,
        ]

    def _steward(self) -> Any:
        return self.park.manager if self.chance.random() < 0.6 else self.park.staff[Role.PROGRAMMES]

    def _create(self) -> None:
        life, chance = self.life, self.chance
        company = Company(
            name=self.latin,
            name_ar=self.arabic if chance.random() < 0.55 else "",
            activity=self.activity,
            email=f"contact@{self.domain}" if chance.random() < 0.95 else "",
            website=f"https://{self.domain}" if chance.random() < 0.8 else "",
            is_public=life.last is None and chance.random() < 0.82,
        )
        number = life.number + 1
        is_registered = life.form != LegalForm.COOPERATIVE
        self.identity = {
            "legal_name": f"{self.latin} {FORMS[life.form]}".strip(),
            "legal_form": life.form,
            "ice": an_ice(number) if chance.random() < 0.985 else "",
            "rc": str(900_000 + number) if is_registered else "",
            "rc_court": COURTS[life.park] if is_registered else "",
            "if_number": str(99_000_000 + number),
            "incorporated_on": life.founded,
        }
        admissions = self.park.staff[Role.ADMISSIONS]
        self.company = self.hand.create_company(company, identity=self.identity, by=admissions)

    def _add_owner(self) -> None:
        self.owner = self._person(women=0.24)
        self.hand.add_member(
            self.company, self.owner, role=MemberRole.OWNER, since=self.life.first, by=self.park.staff[Role.ADMISSIONS],
            title="Gérance",
        )  # fmt: skip

    def _person(self, women: float) -> Any:
        name = a_name(self.chance, women)
        return self.hand.create_person(
            name=name.latin, name_ar=name.arabic, email=name.address_at(self.domain), by=self.park.staff[Role.ADMISSIONS]
        )  # fmt: skip

    def _open(self) -> None:
        self.stay = self.hand.open_residency(
            self.company, site=self.park.site, mode=Mode(self.life.mode), first=self.life.first,
            by=self.park.staff[Role.ADMISSIONS],
        )  # fmt: skip

    def reach(self, stage: str) -> None:
        self.hand.assign_stage(self.company, stage, by=self.park.staff[Role.PROGRAMMES])

    def become(self, kind: str) -> None:
        self.hand.assign_kind(self.company, kind, by=self.park.staff[Role.PROGRAMMES])

    def leave(self, last: date) -> None:
        self.hand.close_residency(self.stay, last=last, by=self.park.manager)

    def write_note(self) -> None:
        self.hand.write_note(self.company, self.chance.choice(NOTES), by=self.park.manager)

    def convert(self, since: date) -> None:
        """One associate becomes several: another form, the same numbers."""
        values = {**self.identity, "legal_name": f"{self.latin} SARL", "legal_form": LegalForm.SARL}
        self.hand.set_identity(self.company, values, since=since, by=self.park.manager)

    def declare(self, told: Year) -> None:
        said = {
            "headcount": told.headcount,
            "women": told.women,
            "under_35": told.under_35,
            "turnover": told.turnover,
            "exports": told.exports,
            "funds_raised": told.funds_raised,
        }
        values = {code: Decimal(value) for code, value in said.items() if value is not None}
        if values:
            self.hand.declare_figures(
                self.company, year=told.year, values=values, source=FigureSource.DECLARED, note="", by=self.owner
            )  # fmt: skip

    def correct(self, year: int, headcount: int) -> None:
        self.hand.declare_figures(
            self.company, year=year, values={"headcount": Decimal(headcount)}, source=FigureSource.STAFF,
            note="Corrigé d’après le bordereau CNSS", by=self.park.staff[Role.PROGRAMMES],
        )  # fmt: skip

    def colleagues_came(self, today: date) -> list[date]:
        life = self.life
        number = min(3, life.size_on(today) // 3)
        span = (today - life.first).days
        return (
            [life.first + timedelta(days=self.chance.randrange(span)) for _one in range(number)]
            if span > 30
            else []
        )

    def add_colleague(self, day: date) -> None:
        self.hand.add_member(
            self.company, self._person(women=0.4), role=MemberRole.MEMBER, title=self.chance.choice(TITLES), since=day,
            by=self.owner,
        )  # fmt: skip


def an_ice(number: int) -> str:
    """An identifier whose check digits are right, from a range that the registry has not come to."""
    head = 9_900_000_000_000 + number
    return f"{head * 100 + -(head * 100) % 97:015d}"
