"""What becomes of a visit by one tap, at the desk or by its host; and how that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.reception.actions import (
    Meanwhile,
    arrive,
    cancel,
    leave,
    restore,
    send_again,
    undo_arrival,
    undo_leaving,
)
from fondouk.reception.models import Visit
from fondouk.ui.toasts import toast


@dataclass(frozen=True)
class Step:
    """`said` with the name of the visitor; `back` names the step that undoes it."""

    do: Callable[..., Any]
    said: Any
    back: str = ""


AT_DESK = {
    "arrival": Step(arrive, _("%(name)s is here, and %(host)s knows it."), "no-arrival"),
    "no-arrival": Step(undo_arrival, _("%(name)s is expected again.")),
    "departure": Step(leave, _("%(name)s has gone."), "no-departure"),
    "no-departure": Step(undo_leaving, _("%(name)s is still here.")),
}
OF_HOSTS = {
    "cancellation": Step(cancel, _("%(name)s is not expected any more."), "return"),
    "return": Step(restore, _("%(name)s is expected again.")),
    "invitation": Step(send_again, _("The invitation is sent again.")),
}


def taken(request: HttpRequest, visit: Visit, step: Step, *, by: Person, undo: Callable[[str], str]) -> None:
    """Do it and say so; `undo` gives the address of a step."""
    try:
        done = step.do(visit, by=by)
    except Meanwhile as late:
        toast(request, str(late), tone="warn")
        return
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
        return
    if done is False:
        toast(request, _("There is no address to write to."), tone="warn")
        return
    said = step.said % {"name": visit.name, "host": visit.host.name}
    toast(request, said, undo=undo(step.back) if step.back else "")
