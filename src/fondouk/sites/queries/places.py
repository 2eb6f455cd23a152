"""Sites by what somebody may do there."""

from __future__ import annotations

from typing import Any

from fondouk.sites.models import Site
from fondouk.sites.rules import Reach


def sites_within(within: Reach) -> Any:
    return within.limit(Site.objects.order_by("pk"), "pk")
