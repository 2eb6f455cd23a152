"""Every string is said in French and in Arabic."""

from django.apps import apps
from django.utils.functional import Promise
from pghistory.models import Event

from fondouk.project.cli.translations import find_faults


def test_the_catalogues_are_complete() -> None:
    assert [str(fault) for fault in find_faults()] == []


def test_models_have_a_name_to_be_shown() -> None:
    """A page of an import, a refusal to undo, a line of the journal may name any of them."""
    nameless = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("fondouk.")
        and not issubclass(model, Event)
        and not all(
            isinstance(name, Promise) for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        )
    ]
    assert nameless == []
