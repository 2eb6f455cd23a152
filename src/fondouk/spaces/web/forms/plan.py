"""Forms of the editor of a plan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import TypedCountField


class PlanForm(forms.Form):
    width = TypedCountField(label=_("Width"), help_text=_("In centimetres, or whatever you draw in."))
    height = TypedCountField(label=_("Height"))
    underlay = forms.FileField(
        label=_("Picture below"),
        required=False,
        help_text=_("PNG, JPEG or WebP: a scan of the plan to draw on."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    drops_underlay = forms.BooleanField(label=_("Take the picture away"), required=False)


class SvgForm(forms.Form):
    svg = forms.FileField(
        label=_("SVG drawing"),
        help_text=_(
            "Rectangles, polygons and straight paths whose id, label or title is the code of a space."
        ),
        widget=forms.FileInput(attrs={"accept": "image/svg+xml,.svg"}),
    )
