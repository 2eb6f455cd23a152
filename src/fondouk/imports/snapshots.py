"""A row of the database as JSON and back: what an undo compares and restores."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are written: not the key, nothing generated."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not getattr(field, "generated", False)
    ]


def plain(value: Any) -> Any:
    """A column's value as JSON gives it back."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, DateRange):
        return ["range", value.lower and value.lower.isoformat(), value.upper and value.upper.isoformat()]
    if isinstance(value, Decimal):
        return str(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def snapshot(record: models.Model) -> dict[str, Any]:
    """The columns of a record as the database would give them back."""
    return {
        field.attname: plain(_stored(field, getattr(record, field.attname)))
        for field in columns(type(record))
    }


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as its column keeps it: 1200 is 1200.00 where two decimals are kept."""
    if value is None or isinstance(value, DateRange):
        return value
    if isinstance(field, models.DecimalField):
        return round(Decimal(value), field.decimal_places or 0)
    return field.to_python(value)


def restored(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """JSON values as Python ones, by attribute name."""
    by_name = {field.attname: field for field in columns(model)}
    result = {}
    for name, value in values.items():
        if isinstance(value, list) and value[:1] == ["range"]:
            lower, upper = (models.DateField().to_python(bound) for bound in value[1:])
            result[name] = DateRange(lower, upper)
        else:
            field = by_name[name]
            target = field.target_field if isinstance(field, models.ForeignKey) else field
            result[name] = target.to_python(value)
    return result
