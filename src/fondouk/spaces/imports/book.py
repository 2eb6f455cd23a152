"""The spaces that rows may name: those of the database, and those of the book itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fondouk.lib.text import fold
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Site
from fondouk.spaces.models import Part, Resource, ResourcePart

KIND_BEFORE = re.compile(
    r"^(?:bureaux?|local|locaux|salle|espace|plateau|office|room|suite|unit|space|مكتب|قاعة|فضاء|محل)\s+(?:n\s*[°ºo.]\s*|no\.?\s+|#\s*)?",
    re.IGNORECASE,
)


def exact(code: str) -> str:
    """Equal for codes that are one in the database, where a site holds each once."""
    return fold(code.casefold())


def loose(code: str) -> str:
    """`C 1006` and `c-1006` are one code; `A+B` is not `AB`, nor is `1-12` `11-2`."""
    between_digits = re.sub(r"(?<=\d)[\s\-_./]+(?=\d)", "-", exact(code))
    return re.sub(r"(?<!\d)[\s\-_./]+|[\s\-_./]+(?!\d)", "", between_digits)


def without_kind(code: str) -> str:
    """ "Bureau n° C1012" without what says that it is an office."""
    return KIND_BEFORE.sub("", code.strip(), count=1)


class SpaceBook:
    """A space is known by its code on its site; spaces, dashes and dots are set aside where that leaves only
    one.
    """

    SHARED = "spaces"

    def __init__(self) -> None:
        self.all: list[Resource] = []
        self.exactly: dict[tuple[int, str], Resource] = {}
        self.loosely: dict[tuple[int, str], list[Resource]] = {}
        self.anywhere: dict[str, list[Resource]] = {}
        self.parts: dict[int, list[Part]] = {}
        """Parts of a resource, by the identity of its object."""

    @classmethod
    def of(cls, context: Any) -> SpaceBook:
        if cls.SHARED not in context.shared:
            context.shared[cls.SHARED] = cls._load(context)
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    @classmethod
    def _load(cls, context: Any) -> SpaceBook:
        book = cls()
        sites = {site.pk: site for site in SiteBook.of(context).all}
        resources = {}
        for resource in Resource.objects.defer("code_folded", "vector").order_by("pk"):
            # One object a site for the whole book: rows compare them by identity.
            resource.site = sites[resource.site_id]
            resources[resource.pk] = resource
            book.add(resource)
        parts = {part.pk: part for part in Part.objects.defer("code_folded")}
        for part in parts.values():
            part.site = sites[part.site_id]
        for link in ResourcePart.objects.order_by("pk"):
            book.parts.setdefault(id(resources[link.resource_id]), []).append(parts[link.part_id])
        return book

    def add(self, resource: Resource) -> None:
        self.all.append(resource)
        site = id(resource.site)
        self.exactly.setdefault((site, exact(resource.code)), resource)
        self.loosely.setdefault((site, loose(resource.code)), []).append(resource)
        self.anywhere.setdefault(loose(resource.code), []).append(resource)

    def at(self, site: Site, code: str) -> Resource | None:
        if found := self.exactly.get((id(site), exact(code))):
            return found
        return only(self.loosely.get((id(site), loose(code)), []))

    def is_ambiguous(self, code: str) -> bool:
        return len(self.anywhere.get(loose(code), [])) > 1

    def find(self, code: str, site: Site | None, *, is_said: bool = False) -> Resource | None:
        """On `site` when it is known; else, unless the site `is_said`, the only space of the network with this code.
        "Bureau C1012" is C1012 where nothing is called so.
        """
        for written in (code, without_kind(code)):
            if site is not None and (found := self.at(site, written)):
                return found
            if not is_said and (found := only(self.anywhere.get(loose(written), []))):
                return found
        return None


def only(found: Iterable[Resource]) -> Resource | None:
    several = list(found)
    return several[0] if len(several) == 1 else None
