"""Forms of webhooks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fondouk.sites.models import Site
from fondouk.webhooks.enums import CHOSEN
from fondouk.webhooks.models import Endpoint
from fondouk.webhooks.posting import is_open


def _is_local(host: str) -> bool:
    """Of an address in figures; what a name leads to is looked at when something is sent."""
    try:
        return not is_open(host)
    except ValueError:
        return host == "localhost" and not is_open("127.0.0.1")


class EndpointForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Messages are sent there by POST, signed. https:// only."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it hears of"),
        choices=[(kind.value, kind.label) for kind in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Endpoint
        fields = ("label", "url", "site", "kinds")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = Site.objects.order_by("pk")
        site.empty_label = _("All")

    def clean_url(self) -> str:
        """No name and password in it, which would stand in every list; in clear only where that is allowed."""
        url = str(self.cleaned_data["url"])
        try:
            said = urlsplit(url)
            known = bool(said.hostname) and (said.port or 1) > 0
        except ValueError:
            known = False
        if not known:
            raise ValidationError(_("This is no address of a web server."))
        if _is_local(str(said.hostname)):
            raise ValidationError(_("This leads to the machine itself, or to its own link."))
        if said.username or said.password:
            raise ValidationError(_("Leave name and password out: messages are signed."))
        if said.scheme != "https" and not settings.FONDOUK_WEBHOOKS_LOCAL:
            raise ValidationError(_("An address begins with https://."))
        return url
