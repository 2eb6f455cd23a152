"""Badges and keys, given out and taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.access import verbs
from fondouk.access.enums import HELD, State
from fondouk.access.models import Credential
from fondouk.audit.actions import record
from fondouk.companies.models import Company
from fondouk.lib.saving import save
from fondouk.people.models import Person

STEPS = {
    State.ISSUED: (State.SUSPENDED, State.RETURNED, State.LOST),
    State.SUSPENDED: (State.ISSUED, State.RETURNED, State.LOST),
    State.RETURNED: (State.ISSUED,),
    State.LOST: (State.ISSUED, State.RETURNED),
}
BESIDE = {
    "credential_in_one_hand": "number",
    "credential_has_a_number": "number",
    "credential_of_somebody": "person",
}


class Meanwhile(Exception):
    """It is not any more what it was when it was read."""

    def __str__(self) -> str:
        return _("Somebody has dealt with it meanwhile. Look at it again.")


@transaction.atomic
def issue(credential: Credential, *, by: Person) -> Credential:
    """Raises `ValidationError` beside a field."""
    credential.number = credential.number.strip()
    save(credential, beside=BESIDE)
    record(verbs.ISSUED, credential, *_whose(credential), by=by, what=str(credential))
    return credential


@transaction.atomic
def step(credential: Credential, to: State, *, because: str = "", by: Person) -> Credential:
    """Suspended, returned, lost, or working again. Raises `Meanwhile`; `ValidationError` where the number is taken."""
    current = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("company", "person")
        .get(pk=credential.pk)
    )
    if current.state == to:
        return current
    if to not in STEPS[State(current.state)]:
        raise Meanwhile
    current.state = to
    current.because = because.strip()[:300] if to != State.ISSUED else ""
    current.ended_at = None if to in HELD else timezone.now()
    save(current, beside=BESIDE, fields=["state", "because", "ended_at"])
    record(verbs.STEPS[to], current, *_whose(current), by=by, what=str(current))
    return current


def _whose(credential: Credential) -> list[Company | Person]:
    return [one for one in (credential.company, credential.person) if one is not None]
