"""How the calendar of occupation shows closures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.lib.addresses import record_address
from fondouk.spaces import claims
from fondouk.spaces.actions import wanted_by
from fondouk.spaces.claims import Shown
from fondouk.spaces.enums import ClosureKind
from fondouk.spaces.models import Claim, Closure


def _show(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """Everybody may know that a space is closed, and why; its page is the staff's."""
    kinds = dict(Closure.objects.filter(pk__in={claim.owner for claim in found}).values_list("pk", "kind"))
    opens = account.has_perm("spaces.view")
    return {
        claim.pk: Shown(
            claim.label or str(_("Closed")),
            record_address("closure", claim.owner) if opens else "",
            str(ClosureKind(kinds[claim.owner]).label),
        )
        for claim in found
        if claim.owner in kinds
    }


claims.register(
    claims.Owner(code=Closure.CLAIMS, label=_("Closure"), tone="works", show=_show, derive=wanted_by)
)
