"""How the calendar of occupation shows closures and re-layouts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.lib.addresses import record_address
from fondouk.spaces import claims
from fondouk.spaces.actions import wanted_by, wanted_by_layouts
from fondouk.spaces.claims import Shown
from fondouk.spaces.enums import ClosureKind
from fondouk.spaces.models import Claim, Closure, Layout


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


def _show_layouts(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """Everybody may know that a space is there no more, or not yet; why is the staff's."""
    opens = account.has_perm("spaces.view")
    return {
        claim.pk: Shown(
            claim.label if opens else str(_("Re-layout")),
            record_address("layout", claim.owner) if opens else "",
            str(_("There no more") if claim.end is None else _("Not there yet")),
        )
        for claim in found
    }


claims.register(
    claims.Owner(code=Closure.CLAIMS, label=_("Closure"), tone="works", show=_show, derive=wanted_by)
)
claims.register(
    claims.Owner(
        code=Layout.CLAIMS, label=_("Re-layout"), tone="works", show=_show_layouts, derive=wanted_by_layouts
    )
)
