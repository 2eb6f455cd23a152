"""Tags and filters that every template has without loading them. `lib.formats` does the formatting."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import Storage, storages
from django.core.paginator import Page
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fondouk.lib import text
from fondouk.ui import drawings, formatting, plurals
from fondouk.ui.addressed import addressed
from fondouk.ui.forms import choices_of, control_attributes, kind_of
from fondouk.ui.toasts import toast_of
from fondouk.ui.translated import fixed, translated

register = template.Library()
NOTHING = "—"


def language() -> str:
    return (get_language() or "fr")[:2]


def in_language(write: Any) -> Any:
    """A filter that writes `NOTHING` for a missing value, and in the language of the page otherwise."""

    def apply(value: Any, decimals: int | None = None) -> str:
        if value is None or value == "":
            return NOTHING
        return write(value, language()) if decimals is None else write(value, language(), decimals)

    return apply


for name, write in formatting.FILTERS.items():
    register.filter(name, in_language(write))


# `{% trans %}` and its long name
register.tag("trans", translated)
register.tag("translate", translated)
register.tag("fixed", fixed)
register.tag("url", addressed)


# Shapes


@register.simple_tag
def icon(name: str, extra: str = "", *, size: str = "", **attributes: str) -> SafeString:
    """An icon of the sprite, silent for screen readers: `{% icon "check" size="sm" %}`."""
    if not name:
        return mark_safe("")
    return _drawn(storages[STATICFILES_STORAGE_ALIAS], name, size, extra, attributes.get("class", ""))


@lru_cache(1024)
def _drawn(storage: Storage, name: str, *classes: str) -> SafeString:
    """Once for each drawing: a list shows hundreds of icons, and the address of the sprite is dear to work out."""
    size, extra, css = classes
    css = " ".join(part for part in ("icon", f"icon-{size}" if size else "", extra, css) if part)
    sprite = storage.url("ui/built/sprite.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        sprite,
        name,
    )


@register.simple_tag
def badge(text: Any, tone: str = "neutral") -> SafeString:
    """What `<c-badge>` draws, for the rows of long lists: a component costs ten times as much as a tag."""
    return _badge(str(text), str(tone) or "neutral")


@lru_cache(1024)
def _badge(text: str, tone: str) -> SafeString:
    return format_html('<span class="fk-badge fk-badge-{}">{}</span>', tone, text)


@register.simple_tag
def logo(size: int = 28) -> SafeString:
    """The mark: a fondouk's plan, court and gate. The name beside it says what it is."""
    return drawings.logo(size)


@register.simple_tag
def motif(key: str = "motif") -> SafeString:
    """The star-and-cross tile as a background drawing. `key` must differ when two stand on one page."""
    return drawings.motif(key)


@register.simple_tag
def sparkline(values: Any, label: str = "") -> SafeString:
    """A small line of a series, mirrored by the style sheet in right-to-left pages."""
    return drawings.sparkline(values, label)


@register.simple_tag
def site_plan(occupied: Any = 0, total: Any = 0, planned: Any = False) -> SafeString:
    """Rooms round a court, shaded to the share that is occupied; dashed when the site is only planned."""
    return drawings.site_plan(occupied, total, planned=bool(planned))


# Text


@register.simple_tag
def code(value: Any, extra: str = "") -> SafeString:
    """A code, identifier or number that always reads left to right, also inside Arabic."""
    if value is None or value == "":
        return NOTHING  # type: ignore[return-value]
    return format_html('<bdi dir="ltr" class="{}">{}</bdi>', f"fk-code {extra}".strip(), value)


@register.simple_tag
def comma() -> str:
    """Between things in a line that a template writes one by one. (`|listed` writes plain ones.)"""
    return formatting.formats.format_comma(language())


@register.filter
def isolated(value: Any) -> str:
    """A name as part of a translated sentence: it keeps its direction, and the sentence its own."""
    return text.isolated(str(value))


@register.filter
def short(value: Any, most: int) -> str:
    """At most so many signs, the last an ellipsis. (`truncatechars` looks at every sign, which tells in a long list.)"""
    written = str(value)
    return written if len(written) <= most else f"{written[: most - 1].rstrip()}…"


@register.filter
def initials(value: Any) -> str:
    return text.initials(str(value)) if value else ""


@register.filter
def attributes(attrs: Any) -> SafeString:
    """A component's remaining attributes, escaped. (Cotton's own `{{ attrs }}` does not escape values.)"""
    known = {
        str(key): value
        for key, value in attrs.attrs_dict().items()
        if value is not None and value is not False and value != ""
    }
    return flatatt(
        {key: value if value is True else conditional_escape(value) for key, value in known.items()}
    )


# Addresses


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The current query string with changes, so that a link keeps the filters; None removes a key."""
    request = context.get("request")
    current = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            current.pop(key, None)
        elif isinstance(value, list | tuple):
            current.setlist(key, [str(item) for item in value])
        else:
            current[key] = str(value)
    return "?" + current.urlencode()


@register.simple_tag(takes_context=True)
def hidden_query(context: template.Context, *dropped: str) -> SafeString:
    """The current query string as hidden inputs, without the keys named: for a form that keeps the others."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    rows = [
        format_html('<input type="hidden" name="{}" value="{}">', key, value)
        for key, values in request.GET.lists()
        if key not in dropped
        for value in values
    ]
    return mark_safe("".join(rows))  # noqa: S308 - each row is escaped


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, param: str, number: int) -> str:
    """The address of another page of this list, with its filters."""
    return query(context, **{param: number})


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """1 … 4 5 6 … 20, for the links of a list."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


# Forms


@register.filter
def kind(field: forms.BoundField) -> str:
    return kind_of(field)


@register.filter
def choices(field: forms.BoundField) -> Any:
    return choices_of(field)


@register.simple_tag
def control(field: forms.BoundField, **extra: Any) -> SafeString:
    """The control of a field with the kit's class and ARIA attributes; underscores in names become dashes."""
    given = {name.replace("_", "-"): value for name, value in extra.items()}
    return field.as_widget(attrs=control_attributes(field, **given))


@register.filter
def toast(message: Any) -> dict[str, Any]:
    return toast_of(message)


@register.filter
def truthy(value: Any) -> bool:
    """What a component's flag means: `flag`, `:flag="True"`, `flag="yes"` are on; `flag="False"`, "" off."""
    return str(value).strip().lower() not in ("", "false", "none", "0", "no")


@register.filter
def plain(value: Any) -> str:
    """A number as HTML attributes want it: no grouping, a point."""
    return str(value)


@register.filter
def get(mapping: Any, key: str) -> Any:
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def unique() -> str:
    """An id for an element that another one points at."""
    return f"u{secrets.token_hex(4)}"


@register.simple_tag(name="plurals")
def plural_forms(name: str) -> str:
    """The plural forms of a sentence of `fondouk.ui.plurals`, for a data attribute."""
    return plurals.forms(name)
