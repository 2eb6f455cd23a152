"""The inventory."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import factory

from fondouk.spaces.enums import RateUnit, SpaceKind
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate

from .sites import SiteFactory
from .values import since


class PartFactory(factory.django.DjangoModelFactory[Part]):
    class Meta:
        model = Part

    site = factory.SubFactory(SiteFactory)
    code = factory.Sequence(lambda n: f"P-{n}")
    area = Decimal(18)


class ResourceFactory(factory.django.DjangoModelFactory[Resource]):
    """A space on one part of its own; `parts=[a, b]` combines, `parts=[]` leaves it without any."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    site = factory.SubFactory(SiteFactory)
    code = factory.Sequence(lambda n: f"N-{n}")  # no code that a test writes by hand
    kind = SpaceKind.STARTUP_OFFICE

    @factory.post_generation
    def parts(self: Any, create: bool, parts: list[Part] | None, **extra: Any) -> None:
        if not create:
            return
        made = (
            [PartFactory(site=self.site, floor=self.floor, code=self.code, **extra)]
            if parts is None
            else parts
        )
        for part in made:
            ResourcePart.objects.create(resource=self, part=part)


class ResourceRateFactory(factory.django.DjangoModelFactory[ResourceRate]):
    class Meta:
        model = ResourceRate

    resource = factory.SubFactory(ResourceFactory)
    unit = RateUnit.SQUARE_METRE_MONTH
    amount = Decimal(50)
    period = factory.LazyFunction(since)
