"""A model field for the clock on the wall: a day and a time without any zone.

Django's own turns every moment into UTC, and a promise about the clock is then at the mercy of the next decree. The zone
stands beside (a site has one); `lib.zones.resolve` derives the instant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = 2000, 2100
"""Years: nothing was promised before, and nobody means what is after."""


def read_local(text: str) -> datetime | None:
    """A reading of the clock as addresses and programs write it (ISO 8601), to the second, perhaps with an offset from UTC.
    None for what is none, or of a year that nobody means.
    """
    try:
        read = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None
    return read if EARLIEST <= read.year <= LATEST else None


class LocalDateTimeField(models.Field):  # type: ignore[type-arg]
    """A naive `datetime` in a column `timestamp without time zone`. A text is read as ISO 8601 without offset."""

    description = _("Local date and time")
    default_error_messages = {"invalid": _("Write a day and a time, like 2026-12-01 10:00.")}

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def get_internal_type(self) -> str:
        return "LocalDateTimeField"

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            read = value
        else:
            try:
                read = datetime.fromisoformat(str(value))
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if read is not None and read.tzinfo is not None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read

    def get_prep_value(self, value: Any) -> datetime | None:
        return self.to_python(super().get_prep_value(value))

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat(sep=" ")
