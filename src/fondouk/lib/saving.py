"""Saving a row so that what its model or the database refuses comes back in words, beside the field they speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, connection, models, transaction

ATTEMPTS = 5
DEADLOCK = "40P01"
Result = TypeVar("Result")
Given = ParamSpec("Given")


def retried(act: Callable[Given, Result]) -> Callable[Given, Result]:
    """Do `act` again when PostgreSQL has ended it because two waited for each other: nothing of it is written then.

    Only where it is not part of a larger transaction, which would be lost as a whole.
    """
    return retried_or(None)(act)


def retried_or(
    otherwise: Callable[[], Exception] | None,
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """As `retried`; what `otherwise` makes is raised when the last attempt has ended so too."""

    def decorate(act: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(act)
        def attempt(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            for _number in range(ATTEMPTS - 1):
                with suppress(_Again), _watched(_Again):
                    return act(*args, **kwargs)
            with _watched(otherwise):
                return act(*args, **kwargs)

        return attempt

    return decorate


class _Again(Exception):
    """A deadlock has ended an attempt."""


@contextmanager
def _watched(otherwise: Callable[[], Exception] | None) -> Iterator[None]:
    """What `otherwise` makes in the place of a deadlock that has ended the whole transaction."""
    try:
        yield
    except OperationalError as error:
        if otherwise is None or not is_deadlock(error) or connection.in_atomic_block:
            raise
        raise otherwise() from error


def is_deadlock(error: DatabaseError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == DEADLOCK


def save(
    row: models.Model, *, beside: Mapping[str, str] | None = None, fields: Collection[str] | None = None
) -> None:
    """Save `row`, or only its `fields`. `beside` names the field of which each constraint speaks.

    Raises `ValidationError`, also when somebody else was quicker by a moment: the second of two who press a button
    at once reads the same words as one who comes a day later.
    """
    # Nothing is said where nothing may be said: whether a form may leave a field empty is the form's affair.
    row.clean_fields(
        exclude={field.name for field in row._meta.fields if field.null and _is_none(row, field)}
    )
    for attempt in range(ATTEMPTS):
        refuse(row, beside)
        try:
            with transaction.atomic():
                row.save(update_fields=fields)
                return
        except IntegrityError:
            # The other row is committed by now: the checks see it. If they do not, nobody could say why.
            refuse(row, beside)
            raise
        except OperationalError as error:
            # Two rows that exclude each other may wait for each other: PostgreSQL ends one of them.
            if not is_deadlock(error) or attempt == ATTEMPTS - 1:
                raise


def _is_none(row: models.Model, field: models.Field[Any, Any]) -> bool:
    return getattr(row, field.attname) is None


def say_beside(form: Any, error: ValidationError, *, places: Mapping[str, str] | None = None) -> None:
    """Give a form what an action has refused, each beside its field: what speaks of none that the form has stands above all.
    `places` names the form's own field for a name of the action's.
    """
    for name, errors in error.update_error_dict({}).items():
        place = (places or {}).get(name, name)
        form.add_error(place if place in form.fields else None, errors)


def refuse(row: models.Model, beside: Mapping[str, str] | None = None) -> None:
    """Raise `ValidationError` for every constraint that `row` would break, each beside its field."""
    problems: dict[str, list[ValidationError]] = {}
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, row)
            except ValidationError as error:
                place = (beside or {}).get(constraint.name, NON_FIELD_ERRORS)
                problems.setdefault(place, []).append(error)
    if problems:
        raise ValidationError(problems)
