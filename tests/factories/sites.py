"""Sites, what they are made of, and roles on them."""

from __future__ import annotations

from datetime import time
from typing import Any

import factory
from django.utils import timezone

from fondouk.people.models import Account
from fondouk.sites.enums import FeastState, Phase, Role
from fondouk.sites.models import (
    Building,
    Feast,
    Floor,
    Grant,
    HoursOverride,
    Network,
    OpeningHours,
    Operator,
    Site,
    SitePhase,
)

from .people import AccountFactory, PersonFactory
from .values import since

CITIES = ["Casablanca", "Rabat", "Tanger", "Agadir", "Fès", "Oujda"]


class NetworkFactory(factory.django.DjangoModelFactory[Network]):
    class Meta:
        model = Network
        django_get_or_create = ("id",)

    id = 1
    name = "Fondouk"


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """Open for ten years unless `phase` says otherwise; `phase=""` gives it none."""

    class Meta:
        model = Site
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"site-{n}")
    city = factory.Sequence(lambda n: CITIES[n % len(CITIES)])
    name = factory.Sequence(lambda n: f"Parc {CITIES[n % len(CITIES)]} {n}")

    @factory.post_generation
    def phase(self: Any, create: bool, phase: str | None, **extra: Any) -> None:
        if create and phase != "":
            SitePhaseFactory(site=self, phase=phase or Phase.OPEN, **extra)


class SitePhaseFactory(factory.django.DjangoModelFactory[SitePhase]):
    class Meta:
        model = SitePhase

    site = factory.SubFactory(SiteFactory, phase="")
    phase = Phase.OPEN
    starts_on = factory.LazyFunction(lambda: since(3650).lower)


class BuildingFactory(factory.django.DjangoModelFactory[Building]):
    class Meta:
        model = Building

    site = factory.SubFactory(SiteFactory)
    code = factory.Sequence(lambda n: f"B{n}")


class FloorFactory(factory.django.DjangoModelFactory[Floor]):
    class Meta:
        model = Floor

    building = factory.SubFactory(BuildingFactory)
    level = factory.Sequence(lambda n: n % 200)


class OpeningHoursFactory(factory.django.DjangoModelFactory[OpeningHours]):
    class Meta:
        model = OpeningHours

    site = factory.SubFactory(SiteFactory)
    weekday = 1
    opens = time(8, 30)
    closes = time(18, 30)


class HoursOverrideFactory(factory.django.DjangoModelFactory[HoursOverride]):
    """Closed on the days of `period`, unless hours are added."""

    class Meta:
        model = HoursOverride

    site = factory.SubFactory(SiteFactory)
    label = "Ramadan"
    period = factory.LazyFunction(lambda: since(3, last=timezone.localdate()))


class FeastFactory(factory.django.DjangoModelFactory[Feast]):
    class Meta:
        model = Feast

    code = factory.Sequence(lambda n: f"feast-{n}")
    on = factory.LazyFunction(timezone.localdate)
    year = factory.LazyAttribute(lambda row: row.on.year)
    expected_on = factory.LazyAttribute(lambda row: row.on)
    state = FeastState.PROVISIONAL


class OperatorFactory(factory.django.DjangoModelFactory[Operator]):
    class Meta:
        model = Operator

    name = factory.Sequence(lambda n: f"Société de gestion {n}")
    invoice_prefix = factory.Sequence(lambda n: f"F{n}")


class GrantFactory(factory.django.DjangoModelFactory[Grant]):
    """A role on `site`; without one, on the whole network."""

    class Meta:
        model = Grant

    person = factory.SubFactory(PersonFactory)
    role = Role.RECEPTION
    site = None
    period = factory.LazyFunction(since)


def staff(role: str, site: Site | None = None, **account: Any) -> Account:
    """The account of somebody who holds `role` on `site`, or on the whole network."""
    made = AccountFactory(**account)
    GrantFactory(person=made.person, role=role, site=site)
    return made
