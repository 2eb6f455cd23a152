"""Kinds of notices: apps register what they write to people, and with which template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Notice:
    """`subject` is a lazy translation with `%(name)s` places; `template` a text template, both filled from facts."""

    code: str
    label: Any
    subject: Any
    template: str
    has_secret: bool = False
    """It holds a link that lets somebody in, or say something."""


NOTICES: dict[str, Notice] = {}


def register(code: str, label: Any, *, subject: Any, template: str, has_secret: bool = False) -> str:
    NOTICES[code] = Notice(code, label, subject, template, has_secret)
    return code
