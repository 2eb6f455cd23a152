"""What contracts do when others have done something: claims follow imports, charges follow the billing of a month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Model
from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from fondouk.billing import sources
from fondouk.billing.signals import lines_credited
from fondouk.contracts.actions import EXCLUSIVE, SHARED, charge_contracts, occupy, release
from fondouk.contracts.models import ContractLine, ContractTermination
from fondouk.imports.signals import rows_written
from fondouk.sites.models import Site
from fondouk.spaces.actions import Taken
from fondouk.spaces.models import Claim, Part, Resource, ResourcePart

FOLLOWED = (ContractLine, ContractTermination, Resource, ResourcePart, Part, Site)


@receiver(rows_written)
def claims_follow(keys: Mapping[type[Model], set[Any]], is_undo: bool, **_extra: Any) -> None:
    """Those of the parts concerned. An undo may have taken away the rows that would tell which: then all of them."""
    if not any(keys.get(model) for model in FOLLOWED):
        return
    try:
        occupy(None if is_undo or keys.get(Site) else _parts(keys))
    except Taken as taken:
        # Planning looked for it: somebody has just been quicker.
        raise IntegrityError(str(taken)) from taken


@sources.register("contracts", gettext_lazy("Rents and services of contracts"))
def rents(sites: Collection[int], since: date, before: date) -> int:
    """For the billing of a month. What was not charged in earlier months is charged now."""
    return charge_contracts(sites, before)


@receiver(lines_credited)
def may_be_charged_anew(charges: Collection[int], **_extra: Any) -> None:
    release(charges)


def _parts(keys: Mapping[type[Model], set[Any]]) -> set[int]:
    lines = keys.get(ContractLine, set())
    lines = lines | set(
        ContractLine.objects.filter(
            contract__termination__in=keys.get(ContractTermination, set())
        ).values_list("pk", flat=True)
    )
    resources = keys.get(Resource, set()) | set(
        ContractLine.objects.filter(pk__in=lines).values_list("resource", flat=True)
    )
    joined = ResourcePart.objects.filter(pk__in=keys.get(ResourcePart, set())).values_list("part", flat=True)
    return {
        *keys.get(Part, set()),
        *joined,
        *ResourcePart.objects.filter(resource__in=resources).values_list("part", flat=True),
        *Claim.objects.of(EXCLUSIVE, lines).values_list("part", flat=True),
        *Claim.objects.filter(kind=SHARED, resource__in=resources).values_list("part", flat=True),
    }
