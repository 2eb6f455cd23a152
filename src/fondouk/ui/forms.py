"""Forms and fields as the kit draws them: label above, help and errors beside the control and tied to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CONTROL = "form-control"
DJANGO_ROWS = "10"  # what a Textarea has when nobody chose
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.Textarea, CONTROL),
    (forms.widgets.Input, CONTROL),
]
WIDGETS = DjangoTemplates()


SELECT = "django/forms/widgets/select.html"


def select(widget: dict[str, Any]) -> SafeString:
    """What Django's template of a choice list writes: it renders two more for every option, and a filter has dozens."""
    groups = []
    for name, options, _index in widget["optgroups"]:
        written = format_html_join(
            "\n  ",
            '<option value="{}"{}>{}</option>',
            ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options),
        )
        groups.append(
            format_html('<optgroup label="{}">\n  {}\n</optgroup>', name, written) if name else written
        )
    inside = format_html_join("\n  ", "{}", ((group,) for group in groups))
    return format_html(
        '<select name="{}"{}>\n  {}\n</select>', widget["name"], flatatt(widget["attrs"]), inside
    )


class Renderer(TemplatesSetting):
    """Set as `FORM_RENDERER`: `{{ form }}` and `{{ field.as_field_group }}` get the kit's look."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if template_name == SELECT:
            return select(context["widget"])
        return super().render(template_name, context, request)

    def get_template(self, template_name: str) -> Any:
        # Widgets keep Django's own templates, which the site's loaders do not look for.
        if template_name.startswith("django/forms/"):
            return WIDGETS.get_template(template_name)
        return super().get_template(template_name)


def kind_of(field: forms.BoundField) -> str:
    """How a field is laid out: `check`, `choices`, `file`, `hidden`, `select`, `textarea` or `input`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.MultiWidget):
        return "several"
    return "input"


def choices_of(field: forms.BoundField) -> list[BoundWidget]:
    """The boxes or buttons of a field of choices, one by one, with the kit's class."""
    attributes = field.build_widget_attrs({"class": "form-check-input", "id": field.auto_id or ""})
    widget = field.field.widget
    return [
        BoundWidget(widget, data, field.form.renderer)
        for data in widget.subwidgets(field.html_name, field.value(), attrs=attributes)
    ]


def control_attributes(field: forms.BoundField, **extra: Any) -> dict[str, Any]:
    """Attributes of the control itself: its class, and the ids of what describes it."""
    widget = field.field.widget
    css = next((name for kind, name in CLASSES if isinstance(widget, kind)), CONTROL)
    css = " ".join(part for part in (widget.attrs.get("class", ""), css) if part)
    if field.errors and css:
        css += " is-invalid"
    described = [f"{field.auto_id}_error"] if field.errors else []
    if field.help_text:
        described.append(f"{field.auto_id}_helptext")
    attributes: dict[str, Any] = {"class": css} if css else {}
    if described and field.auto_id and kind_of(field) not in ("choices", "several"):
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows", DJANGO_ROWS) == DJANGO_ROWS:
        attributes["rows"] = "4"
    attributes.update({name: value for name, value in extra.items() if value})
    return attributes
