"""Whether the demonstration is loaded, and whether it could be."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.utils.translation import gettext as _

from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Network, Site


def is_loaded() -> bool:
    return Network.objects.filter(is_demonstration=True).exists()


def is_empty() -> bool:
    """Nobody has put anything into the database yet."""
    return not any(model.objects.exists() for model in (Person, Site, Company))


def why_no_import() -> str:
    if not is_loaded():
        return ""
    return _(
        "This is the demonstration. Clear it first: what is real and what is invented are never kept together."
    )


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
