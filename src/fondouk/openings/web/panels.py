"""What openings bring to the page of a site, to search and to *À traiter*."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.openings.models import Opening, OpeningStep
from fondouk.people.rules import verdict
from fondouk.sites.enums import Phase, Role
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import Panel, register

SOON = timedelta(days=14)


def plan_of(request: HttpRequest, site: Site) -> dict[str, Any] | None:
    """How far the opening is; where none is planned, a way to begin, for a site still to open."""
    opening = Opening.objects.filter(site=site).first()
    if opening is None:
        phase = Site.objects.with_phase(timezone.localdate()).get(pk=site.pk).phase  # type: ignore[attr-defined]
        if phase not in (None, Phase.PLANNED, Phase.OPENING):
            return None
        return {"site": site, "opening": None, "may_edit": verdict(request.user, "sites.edit", site)}
    today = timezone.localdate()
    steps = list(opening.steps.in_order())
    done = sum(step.done_on is not None for step in steps)
    opens_on = opening.opens_on()
    if done == len(steps) and opens_on is not None and opens_on <= today:
        return None
    following = next((step for step in steps if step.done_on is None), None)
    return {
        "site": site,
        "opening": opening,
        "opens_on": opens_on,
        "done": done,
        "steps": len(steps),
        "next": following,
        "is_late": following is not None and following.is_late(today),
    }


register(Panel(place="sites.site:main", template="openings/panels/site.html", context=plan_of, order=5))


def steps_due(account: Any, site: int | None) -> Any:
    """Of sites that the account runs: undone, and due within two weeks or past."""
    rows = OpeningStep.objects.undone().filter(due_on__lte=timezone.localdate() + SOON)
    rows = reach(account, Role.DIRECTION, Role.SITE_MANAGER).limit(rows, "opening__site")
    if site is not None:
        rows = rows.filter(opening__site=site)
    return rows.select_related("opening__site", "owner").order_by("due_on", "pk")


def _item(step: OpeningStep) -> Item:
    is_late = step.is_late(timezone.localdate())
    return Item(
        _("Step of an opening"),
        reverse("opening", args=[step.opening.site.code]),
        str(step),
        due=step.due_on,
        status=_("late") if is_late else str(step.opening.site),
        tone="danger" if is_late else "info",
    )


todos.register(
    todos.Source(
        code="opening-steps",
        label=gettext_lazy("Steps of openings"),
        rows=steps_due,
        item=_item,
        order=60,
        permission="openings.edit",
        is_dated=True,
        owner="owner",
    )
)
