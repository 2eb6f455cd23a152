"""Columns for django-tables2 in the kit's look. `Table.label` names the scroll region of `ui/table.html`."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondouk.ui.formatting import FILTERS

NOTHING = "—"


class SelectColumn(tables.Column):
    """A box for each row (`name="selected"`) and one for all those shown; the form's `c-bulk-bar` listens."""

    unlabelled = True

    def __init__(self, **extra: Any) -> None:
        classes = {"th": {"class": "fk-select"}, "td": {"class": "fk-select"}}
        super().__init__(accessor="pk", orderable=False, attrs=classes, exclude_from_export=True, **extra)

    @property
    def header(self) -> SafeString:
        return format_html(
            '<input class="form-check-input" type="checkbox" data-select-all aria-label="{}">',
            _("Select all the rows shown"),
        )

    def render(self, value: Any, record: Any) -> SafeString:
        return format_html(
            '<input class="form-check-input" type="checkbox" name="selected" value="{}"'
            ' data-select aria-label="{}">',
            value,
            _("Select %(name)s") % {"name": record},
        )


class FormattedColumn(tables.Column):
    """A value through one of the kit's filters: `FormattedColumn("money")`. Numbers are right-aligned."""

    texts = frozenset({"day", "day_short", "day_long", "day_month", "month", "moment", "clock", "ago"})

    def __init__(self, style: str, **extra: Any) -> None:
        self.style = style
        css = "fk-nowrap" if style in self.texts else "fk-num"
        extra.setdefault("attrs", {"th": {"class": css}, "td": {"class": css}})
        super().__init__(**extra)

    def render(self, value: Any) -> str:
        return FILTERS[self.style](value, (get_language() or "fr")[:2])
