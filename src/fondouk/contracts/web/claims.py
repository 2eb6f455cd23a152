"""How the calendar of occupation shows what contracts hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.contracts.actions import EXCLUSIVE, SHARED, wanted_by_lines, wanted_on_parts
from fondouk.contracts.models import Contract, ContractLine
from fondouk.lib.addresses import record_address
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.spaces.models import Claim


def _alone(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """The company, for whoever may read its contract; the contract's page for staff."""
    readable = Contract.objects.visible_to(account)
    lines = ContractLine.objects.filter(
        pk__in=[claim.owner for claim in found], contract__in=readable
    ).select_related("contract__company")
    by_key = {line.pk: line.contract for line in lines}
    opens = account.has_perm("contracts.list")
    return {
        claim.pk: Shown(
            contract.company.label,
            record_address("contract", contract.pk) if opens else "",
            contract.reference,
        )
        for claim in found
        if (contract := by_key.get(claim.owner))
    }


def _shared(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    return {claim.pk: Shown(str(_("Shared"))) for claim in found} if account.has_perm("spaces.view") else {}


claims.register(
    claims.Owner(code=EXCLUSIVE, label=_("Hosting contract"), show=_alone, derive=wanted_by_lines)
)
claims.register(
    claims.Owner(code=SHARED, label=_("Shared by contracts"), show=_shared, derive=wanted_on_parts)
)
