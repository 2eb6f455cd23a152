"""The sites that rows may name: those of the database, and those of the book itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.planning import Values
from fondouk.lib.cities import city_names
from fondouk.lib.text import fold, squash
from fondouk.sites.models import Site


def key_of(text: str) -> str:
    """`squash`, so that whatever the database holds for one name is one here too (a final sigma is a
    sigma).
    """
    return squash(text.casefold())


class SiteBook:
    """A site is named by its name, else by its code, by its city (in French or Arabic) when only one site has that
    city, or by a text that holds the name of one such city ("Technopark - Rabat").
    """

    SHARED = "sites"

    def __init__(self) -> None:
        self.names: dict[str, Site] = {}
        self.aliases: dict[str, Site] = {}
        self.cities: dict[str, list[Site]] = {}
        self.all: list[Site] = []

    @classmethod
    def of(cls, context: Any) -> SiteBook:
        if cls.SHARED not in context.shared:
            book = cls()
            for site in Site.objects.defer("name_folded", "vector"):
                book.add(site)
            context.shared[cls.SHARED] = book
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    def add(self, site: Site) -> None:
        self.all.append(site)
        self.names.setdefault(key_of(site.name), site)
        for name in (site.name_ar, site.code):
            if key := key_of(name):
                self.aliases.setdefault(key, site)
        names = {name for city in (site.city, site.city_ar) if city for name in city_names(city)}
        for city in {key_of(name) for name in names} - {""}:
            self.cities.setdefault(city, []).append(site)

    def in_city(self, key: str) -> list[Site]:
        """Those of that city. Its own name counts before what another city is called in Arabic."""
        known = self.cities.get(key, [])
        return [site for site in known if key_of(site.city) == key] or known

    def find(self, name: str) -> Site | None:
        key = key_of(name)
        if found := self.names.get(key) or self.aliases.get(key):
            return found
        cities = self.in_city(key)
        if not cities:
            words = {key_of(word) for word in fold(name).split()}
            cities = [site for city, sites in self.cities.items() if city in words for site in sites]
        return cities[0] if len(cities) == 1 else None

    def resolve(self, values: Values, at: str = "site") -> Site | None:
        """The site a row names. An unknown one refuses the row; none at all is the only site, where there is
        one.
        """
        name = values.get(at)
        if name is None:
            # Where no column says it, a sheet may be called after a site.
            return self.all[0] if len(self.all) == 1 else self.find(values.plan.sheet)
        site = self.find(name)
        if site is None:
            values.refuse(
                "unknown site",
                at,
                _(
                    "No site is called “%(value)s”. Add it to the sites, or correct the name. Known: %(known)s."
                ),
                known=", ".join(site.name for site in self.all[:8]) or "—",
            )
        return site
