"""Queries that are written once and asked often.

Django writes the text of a query anew each time it is asked: for a row or two found by their key that takes several times as
long as the database does. Where every request or booking passes, the text is kept, and only its values change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet

Row = TypeVar("Row")


@dataclass(frozen=True)
class _Written:
    queryset: QuerySet[Any, Any]
    compiler: Any
    text: str
    places: Sequence[Callable[[Sequence[Any]], Any]]


class Prepared(Generic[Row]):
    """A queryset with places for values. `ask` builds it from as many of them; `samples` are one value for each place, of
    its type, all different and none that stands in the query anyway: where they are found in its parameters, values go.

    Called with values it returns the rows. The text of the query must depend on nothing else: no `None`, no list, no
    moment that `ask` reads from the clock. Raises `TypeError` for a value of another type than its sample,
    and `LookupError` for a sample that is not to be found.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]], *samples: Any) -> None:
        self.ask, self.samples = ask, samples
        self._kept: _Written | None = None

    def __call__(self, *values: Any) -> list[Row]:
        if tuple(map(type, values)) != tuple(map(type, self.samples)):
            raise TypeError(f"expected values as {self.samples!r}, not {values!r}")
        kept = self._kept = self._kept or self._write()
        given = tuple(place(values) for place in kept.places)
        ready = copy(kept.compiler)
        ready.connection = connection
        ready.as_sql = lambda *_arguments, **_options: (kept.text, given)
        fresh = kept.queryset.all()
        fresh.query.get_compiler = lambda *_arguments, **_options: ready  # type: ignore[method-assign]
        return list(fresh)

    def _write(self) -> _Written:
        queryset = self.ask(*self.samples)
        compiler = queryset.query.get_compiler(connection=connection)
        text, params = compiler.as_sql()
        open_ones = [self._sample_of(param) for param in params]
        if missing := set(range(len(self.samples))) - set(open_ones):
            raise LookupError(f"not in the query: {[self.samples[one] for one in sorted(missing)]!r}")
        places = [_place(number, param) for number, param in zip(open_ones, params, strict=True)]
        return _Written(queryset, compiler, text, places)

    def _sample_of(self, param: Any) -> int | None:
        fitting = (
            number for number, one in enumerate(self.samples) if isinstance(param, type(one)) and param == one
        )
        return next(fitting, None)


def _place(number: int | None, param: Any) -> Callable[[Sequence[Any]], Any]:
    """What goes where `param` stands: itself, or the value of that number, as the kind of number that the database wants."""
    if number is None:
        return lambda _values: param
    kind = type(param)
    return lambda values: value if type(value := values[number]) is kind else kind(value)
