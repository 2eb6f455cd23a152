"""What apps bring to the screens of others: menu entries, panels and tabs on a record's page.

An app registers in its `web/panels.py`, imported by `apps.py` when Django is ready. A shell renders what it
finds here and never imports an app's views.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

Label = Any  # a str or a lazy translation


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """A line of a shell's navigation. `shell` is "staff" or "member", `group` a key of its own groups."""

    shell: str
    group: str
    label: Label
    route: str
    icon: str
    order: int = 100
    permission: str | None = None
    count: Callable[[HttpRequest], int] | None = None
    section: str = ""
    """Addresses below this first path segment light the entry up; several are separated by spaces."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A card on somebody else's page.

    `place` names the page ("companies.company:summary"); `context(request, subject)` returns the template's
    variables, or None when there is nothing to show.
    """

    place: str
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 100
    permission: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab on a record's page: its own address below the record's, and a count when that says something."""

    place: str
    key: str
    label: Label
    order: int = 100
    count: Callable[[HttpRequest, Any], int | None] | None = None
    permission: str | None = None


@dataclass
class Registry:
    entries: list[MenuEntry] = field(default_factory=list)
    panels: dict[str, list[Panel]] = field(default_factory=lambda: defaultdict(list))
    tabs: dict[str, list[Tab]] = field(default_factory=lambda: defaultdict(list))

    def register(self, *items: MenuEntry | Panel | Tab) -> None:
        for item in items:
            if isinstance(item, MenuEntry):
                self.entries.append(item)
                self.entries.sort(key=lambda entry: entry.order)
            else:
                shelf: list[Any] = (self.panels if isinstance(item, Panel) else self.tabs)[item.place]  # type: ignore[assignment]
                shelf.append(item)
                shelf.sort(key=lambda placed: placed.order)

    def rendered_panels(self, request: HttpRequest, place: str, subject: Any) -> list[dict[str, Any]]:
        """The panels of `place` that this person may see, each as `{"template", "context"}`."""
        shown = []
        for panel in self.panels.get(place, []):
            if panel.permission and not request.user.has_perm(panel.permission, subject):
                continue
            context = panel.context(request, subject)
            if context is not None:
                shown.append({"template": panel.template, "context": context})
        return shown


registry = Registry()
register = registry.register
