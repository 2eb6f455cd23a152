"""What rows of the table of permissions are made of: the letters of usual answers, and arguments of addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .world import World

Arguments = Callable[[World | Any], list[Any]]

EVERYBODY = "222222222"
NOBODY = "444444444"
SIGNED_IN = "s22222222"
MEMBERS = "s42244444"
OWNERS = "s44244444"
STAFF = "s44422222"
HERE = "s44442222"  # staff of the site, or of the whole network
KEEPERS = "s44444222"  # those who run the site
DIRECTION = "s44444422"  # of the whole network
ADMINISTRATOR = "s44444442"
POSTED = "555555555"
TOKEN = "uuuuuuuuu"
SENT_ON = "srrrrrrrr"
SENT_HOME = "2rrrrrrrr"
REDIRECTED = "rrrrrrrrr"


def none(world: Any) -> list[Any]:
    return []


def company(world: Any) -> list[Any]:
    return [world.company.pk]


def company_export(world: Any) -> list[Any]:
    return [world.company.pk, "csv"]


def book(world: Any) -> list[Any]:
    return [world.book.pk]


def person(world: Any) -> list[Any]:
    return [world.person.pk]


def site(world: Any) -> list[Any]:
    return [world.site.code]


def key(name: str) -> Arguments:
    """The primary key of what the world calls so."""
    return lambda world: [getattr(world, name).pk]


def fixed(*arguments: Any) -> Arguments:
    return lambda world: list(arguments)


def within(*names: str) -> Arguments:
    return lambda world: [getattr(world, name).pk for name in names]


def within_form(name: str, form: str = "csv") -> Arguments:
    """The primary key of what the world calls so, and the form it is asked for in."""
    return lambda world: [getattr(world, name).pk, form]


def year_of(name: str) -> Arguments:
    return lambda world: [getattr(world, name).year]
