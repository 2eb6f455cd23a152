"""Loading the plan of an address: only of a site that the account may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fondouk.openings.models import Opening
from fondouk.sites.models import Site


def site_at(request: HttpRequest, code: str) -> Site:
    return get_object_or_404(Site.objects.visible_to(request.user), code=code)


def opening_at(request: HttpRequest, code: str, permission: str = "openings.edit") -> Opening:
    """404 where no opening is planned, or this account may not do that."""
    opening = get_object_or_404(
        Opening.objects.visible_to(request.user).select_related("site"), site__code=code
    )
    if not request.user.has_perm(permission, opening):
        raise Http404
    return opening
