"""For whom and what a dated rule is, as one number, so that an exclusion constraint can forbid two at once."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Cast, Coalesce, Concat

_TEXT = models.TextField()
_BAR = Value("|", output_field=_TEXT)


def scope_of(*fields: str) -> Func:
    """The same number for the same values of `fields`; nothing is a value too."""
    texts = [Coalesce(Cast(F(field), _TEXT), Value("-", output_field=_TEXT)) for field in fields]
    parts: list[Any] = [*chain.from_iterable((text, _BAR) for text in texts)][:-1]
    return Func(Concat(*parts), Value(0), function="hashtextextended", output_field=models.BigIntegerField())
