"""Requests, as the actions make them."""

from __future__ import annotations

from typing import Any

from fondouk.people.models import Person
from fondouk.requests.actions import open_request
from fondouk.requests.enums import Kind
from fondouk.requests.models import Category, Request

from .people import PersonFactory
from .sites import SiteFactory


def category(**values: Any) -> Category:
    said = {"kind": Kind.FAULT, "name_fr": "Panne", "answer_minutes": 60, "resolve_minutes": 600, **values}
    return Category.objects.get_or_create(kind=said["kind"], name_fr=said["name_fr"], defaults=said)[0]


def asked(by: Person | None = None, *, photos: Any = (), now: Any = None, **values: Any) -> Request:
    said = {"category": values.pop("category", None) or category(), "title": "La lampe clignote", **values}
    said.setdefault("site", values.get("resource").site if values.get("resource") else SiteFactory())  # type: ignore[union-attr]
    return open_request(Request(**said), by=by or PersonFactory(), photos=photos, now=now)
