"""Sites within the account's reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja import Router, Schema

from fondouk.sites.models import Site

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["sites"])


class SiteOut(Schema):
    code: str
    name: str
    name_ar: str
    city: str
    city_ar: str
    phase: str | None
    """planned, opening, open, closed; null when nobody has said."""
    phase_since: date | None
    address: str
    area: Decimal | None
    zone: str


def _visible(request: HttpRequest) -> Any:
    return Site.objects.visible_to(request.user).with_phase(timezone.localdate())


@router.get("", response=list[SiteOut], url_name="sites", summary=_("The sites you may see"))
def site_list(request: HttpRequest) -> Any:
    return _visible(request)


@router.get("/{slug:code}", response=SiteOut, url_name="site", summary=_("One site"))
def site_detail(request: HttpRequest, code: str) -> Any:
    return get_object_or_404(_visible(request), code=code)
