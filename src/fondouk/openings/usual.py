"""The steps by which a park usually opens a site: a beginning, to be corrected. Told in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fondouk.sites.enums import Role
from fondouk.sites.models import Grant, Site
from fondouk.spaces.models import Resource


def _has_manager(site: Site) -> bool:
    return Grant.objects.on(localdate()).filter(site=site, role=Role.SITE_MANAGER).exists()


def _has_spaces(site: Site) -> bool:
    return Resource.objects.in_use().filter(site=site).exists()


def _has_hours(site: Site) -> bool:
    return site.hours.exists()


@dataclass(frozen=True)
class UsualStep:
    """`before`: months before the opening. `is_met`: whether the records say that it is done; None: they cannot."""

    code: str
    label: Any
    before: int
    is_met: Callable[[Site], bool] | None = None


USUAL: dict[str, UsualStep] = {
    step.code: step
    for step in (
        UsualStep("agreement", _("Agreement with the city and the owner of the building"), 18),
        UsualStep("budget", _("Budget voted by the board"), 15),
        UsualStep("works", _("Works studied and given out"), 12),
        UsualStep("capacity", _("Plan of the spaces and their number decided"), 10),
        UsualStep("manager", _("Manager of the site named"), 8, _has_manager),
        UsualStep("network", _("Internet lines ordered"), 6),
        UsualStep("inventory", _("Spaces entered in the inventory"), 4, _has_spaces),
        UsualStep("call", _("Call to companies published"), 4),
        UsualStep("rates", _("Rates and contract of hosting ready"), 3),
        UsualStep("first", _("First companies chosen"), 2),
        UsualStep("safety", _("Safety of the building approved"), 1),
        UsualStep("furniture", _("Furniture, badges and signs in place"), 1),
        UsualStep("hours", _("Opening hours and reception settled"), 1, _has_hours),
        UsualStep("opening", _("First company received"), 0),
    )
}
