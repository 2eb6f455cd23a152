"""The company's hosting contracts, to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fondouk.contracts.enums import ContractState
from fondouk.portal import queries
from fondouk.portal.web.mine import Mine, render_mine, with_company

TONES = {ContractState.RUNNING: "ok", ContractState.TO_COME: "info", ContractState.ENDED: "neutral"}


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    rows = []
    for contract in queries.contracts(mine.company):
        state = contract.state_on(mine.day)
        rows.append({"contract": contract, "state": state.label, "tone": TONES[state]})
    return render_mine(request, mine, "portal/contracts.html", {"rows": rows}, below="member_company")
