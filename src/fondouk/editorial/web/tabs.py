"""The three rooms in which the public site is written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(active: str) -> list[dict[str, Any]]:
    rooms = (("editorial", _("Texts")), ("questions", _("Questions")), ("news", _("News")))
    return [{"label": label, "url": reverse(route), "active": route == active} for route, label in rooms]
