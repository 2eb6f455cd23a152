"""A request that the reader may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fondouk.requests.models import Request


def request_at(request: HttpRequest, pk: int, permission: str = "") -> Request:
    """404 where it is not to be seen, or where the person may not do this with it."""
    rows = Request.objects.visible_to(request.user).select_related(
        "site", "category", "company", "reporter", "assignee", "resource"
    )
    found: Request = get_object_or_404(
        rows.defer("company__vector", "site__vector", "resource__vector"), pk=pk
    )
    if permission and not request.user.has_perm(permission, found):
        raise Http404
    return found
