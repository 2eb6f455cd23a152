"""Foreign keys point down, as imports do: string references escape an import linter."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]


def ranks() -> dict[str, int]:
    """Slices by height, the lowest 0, as the linter's contract has them."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:slices"]["layers"].strip().splitlines()
    return {name.strip(): height for height, line in enumerate(reversed(lines)) for name in line.split("|")}


def references() -> list[tuple[str, str, str]]:
    """(model, field, target) of every foreign key, one-to-one and many-to-many between our own slices."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("fondouk."):
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if isinstance(target, type) and target.__module__.startswith("fondouk."):
                found.append((model._meta.label, field.name, target._meta.label))
    return found


def test_every_slice_has_its_place() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("fondouk.")}
    assert ours - set(ranks()) == set()


def test_there_are_references_to_look_at() -> None:
    assert len(references()) > 50


@pytest.mark.parametrize(("model", "field", "target"), references())
def test_a_foreign_key_points_down(model: str, field: str, target: str) -> None:
    height = ranks()
    own, other = model.split(".")[0], target.split(".")[0]
    assert own == other or height[other] < height[own], f"{model}.{field} points up to {target}"


def test_no_model_points_at_anything_by_a_generic_key() -> None:
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("fondouk.")
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.related_model is not None
        and isinstance(field.related_model, type)
        and field.related_model.__name__ == "ContentType"
    ]
    assert generic == []
