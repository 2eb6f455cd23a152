"""What the demonstration brings to every page: that it is one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fondouk.demo import queries
from fondouk.ui.registry import Panel, register


def _strip(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    return {} if queries.is_loaded_lately() else None


def _imports(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    return {"may_clear": queries.may_clear(request)} if queries.is_loaded_lately() else None


register(
    Panel(place="layout:strip", template="demo/panels/strip.html", context=_strip),
    Panel(place="imports:top", template="demo/panels/imports.html", context=_imports),
)
