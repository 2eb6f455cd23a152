"""Records of an address, found among those that the person may see: any other is a 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.queries import visible_people


def me(request: HttpRequest) -> Person:
    return request.user.person  # type: ignore[union-attr]


def person_at(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(visible_people(request.user), pk=pk)


def person_to_answer_for(request: HttpRequest, pk: int, permission: str = "people.answer_for") -> Person:
    """Somebody who still has a name, and whom one may change or, with another permission, do more to."""
    person = person_at(request, pk)
    if person.is_erased or not request.user.has_perm(permission, person):
        raise Http404
    return person


def site_at(request: HttpRequest, code: str) -> Site:
    return get_object_or_404(Site.objects.visible_to(request.user), code=code)
