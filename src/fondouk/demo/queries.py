"""Whether the demonstration is loaded, whether it could be, and to whom it opens its doors."""

from __future__ import annotations

import ipaddress
import time
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fondouk.companies.models import Company
from fondouk.demo.models import Clearing
from fondouk.people.models import Person
from fondouk.sites.models import Network, Site

KEPT_FOR = 5.0
OF_PROXIES = (
    "HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_CF_", "HTTP_X_CLIENT", "HTTP_TRUE_CLIENT",
    "HTTP_X_ORIGINAL",
)  # fmt: skip
"""How the headers begin that something between a visitor and this machine adds."""
_lately: dict[str, tuple[float, bool]] = {}


def is_loaded() -> bool:
    return Network.objects.filter(is_demonstration=True).exists()


def is_loaded_lately() -> bool:
    """As it was within the last five seconds: for what every page shows. What is guarded asks `is_loaded`.

    While the database does not answer, as it was last: the page that says so is shown all the same.
    """
    name, now = str(connection.settings_dict["NAME"]), time.monotonic()
    at, loaded = _lately.get(name, (-KEPT_FOR, False))
    if now - at >= KEPT_FOR:
        with suppress(Error):
            loaded = is_loaded()
        note(loaded)
    return loaded


def note(loaded: bool) -> None:
    """This process knows it for the next seconds."""
    _lately[str(connection.settings_dict["NAME"])] = (time.monotonic(), loaded)


def forget() -> None:
    """What this process knew of it."""
    _lately.clear()


def is_empty() -> bool:
    """Nobody has put anything into the database yet."""
    return not any(model.objects.exists() for model in (Person, Site, Company))


def is_wanted() -> bool:
    """An empty database in which nobody has cleared it away before: they would not want it back."""
    return is_empty() and not Clearing.objects.exists()


def why_no_import() -> str:
    if not is_loaded():
        return ""
    return _(
        "This is the demonstration. Clear it first: what is real and what is invented are never kept together."
    )


def mark_of_letters() -> str:
    """So that nobody takes a letter of the demonstration for one of a real park."""
    return _("Demonstration") if is_loaded() else ""


def mark_of_files(name: str) -> tuple[str, str]:
    """So that no list of invented companies is taken for one of real ones, wherever it is sent."""
    if not is_loaded():
        return name, ""
    return _("demonstration-%(name)s") % {"name": name}, _(
        "Demonstration: every name and every figure is invented."
    )


def is_local(request: HttpRequest) -> bool:
    """Somebody at this very machine: no address of it is public, and nothing stands between."""
    forwarded = bool(settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT) or any(
        name.startswith(OF_PROXIES) for name in request.META
    )
    hosts = (urlsplit(settings.PUBLIC_URL).hostname, urlsplit(f"//{request.get_host()}").hostname)
    return not forwarded and all(map(_is_loopback, (*hosts, request.META.get("REMOTE_ADDR"))))


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def may_play(request: HttpRequest) -> bool:
    """Whether a visitor may be somebody without a password: at this machine, or where the operator has said so."""
    return bool(settings.FONDOUK_DEMO_OPEN) or is_local(request)


def may_clear(request: HttpRequest) -> bool:
    """At this machine only: where anybody may play the administrator, the administrator's role proves nothing."""
    return is_local(request)


def parts() -> list[tuple[str, ModuleType]]:
    """The `demo` modules of the apps that have one, the lowest app first, each with the name of its app."""
    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.demo"
        if config.name.startswith("fondouk.") and config.label != "demo" and find_spec(name):
            module = import_module(name)
            if hasattr(module, "load"):
                found.append((str(config.verbose_name), module))
    return found
