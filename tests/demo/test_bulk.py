"""What the demonstration writes in bulk is what people would have written, act by act, with the actions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from fondouk.audit.models import Entry
from fondouk.companies import actions
from fondouk.companies.demo import parks
from fondouk.companies.demo.names import Names
from fondouk.companies.demo.story import lives
from fondouk.companies.demo.telling import tell
from fondouk.companies.demo.writing import Bulk
from fondouk.companies.models import Company
from fondouk.lib.demonstration import Scene
from fondouk.people.actions import create_person
from fondouk.sites import demo as sites_demo

pytestmark = pytest.mark.django_db

SCENE = Scene(date(2026, 11, 27), scale=0.04)
MOMENTS = {"at", "created_at", "declared_at", "written_at"}


class Actions:
    """The hand that calls the actions, with the clock set back to each act."""

    def __init__(self) -> None:
        self.clock: time_machine.travel | None = None

    def at(self, moment: Any) -> None:
        self.stop()
        self.clock = time_machine.travel(moment, tick=False)
        self.clock.start()

    def stop(self) -> None:
        if self.clock is not None:
            self.clock.stop()
            self.clock = None

    def create_person(self, **values: Any) -> Any:
        return create_person(**values)

    def create_company(self, company: Company, *, identity: dict[str, Any], by: Any) -> Any:
        return actions.create_company(company, identity=identity, by=by)

    def set_identity(self, company: Any, values: dict[str, Any], *, since: date, by: Any) -> None:
        actions.set_identity(company, values, since=since, by=by)

    def assign_sector(self, company: Any, sector: Any, *, by: Any) -> None:
        actions.assign_sector(company, sector, by=by)

    def assign_stage(self, company: Any, stage: str, *, by: Any) -> None:
        actions.assign_stage(company, stage, by=by)

    def assign_kind(self, company: Any, kind: str, *, by: Any) -> None:
        actions.assign_kinds(company, [kind], by=by)

    def assign_steward(self, company: Any, person: Any, *, by: Any) -> None:
        actions.assign_steward(company, person, by=by)

    def open_residency(self, company: Any, **values: Any) -> Any:
        return actions.open_residency(company, **values)

    def close_residency(self, residency: Any, **values: Any) -> None:
        actions.close_residency(residency, **values)

    def add_member(self, company: Any, person: Any, **values: Any) -> None:
        actions.add_member(company, person, **values)

    def declare_figures(self, company: Any, **values: Any) -> None:
        actions.declare_figures(company, **values)

    def write_note(self, company: Any, text: str, *, by: Any) -> None:
        actions.write_note(company, text, by=by)


class Undone(Exception):
    pass


def tell_everything(hand: Any) -> None:
    known, names = parks(), Names(SCENE.chance("names"))
    for life in lives(SCENE)[::3]:
        tell(life, hand, names, known[life.park], SCENE)


def network() -> dict[str, list[str]]:
    """Every row of every table, history aside, keys replaced by the place of their row; tables in words."""
    skipped = {"django_content_type", "auth_permission", "companies_sector", "companies_sectorsynonym"}
    models = [
        model
        for model in apps.get_models()
        if model._meta.db_table not in skipped
        and (not hasattr(model, "pgh_tracked_model") or model._meta.label == "companies.ResidencyEvent")
    ]
    names = {(type(row), row.pk): name(row) for model in models for row in model._default_manager.all()}
    found = {}
    for model in models:
        rows = sorted(described(row, names) for row in model._default_manager.all())
        if rows:
            found[model._meta.label] = rows
    return found


def name(row: Model) -> str:
    return str(getattr(row, "name", "") or row)


def described(row: Model, names: dict[Any, str]) -> str:
    said = []
    for field in row._meta.concrete_fields:
        if field.primary_key or field.generated or field.name in {"id", "pgh_context", "pgh_created_at"}:
            continue
        value = getattr(row, field.attname)
        if field.is_relation and value is not None and field.related_model:
            value = names.get((field.related_model, value), value)
        if isinstance(row, Entry) and field.name == "subjects":
            value = [names[apps.get_model(label), int(pk)] for label, pk in (one.split(":") for one in value)]
        if isinstance(row, Entry) and field.name == "facts":
            value = facts(value, names)
        said.append(f"{field.name}={value}")
    return " ".join(said)


def facts(said: Any, names: dict[Any, str]) -> Any:
    person = apps.get_model("people", "Person")
    return {
        key: names[person, value["person"]]
        if isinstance(value, dict) and "person" in value
        else ("a key" if key == "note" else value)
        for key, value in said.items()
    }


def left_by(hand: Any, finish: Any) -> dict[str, list[str]]:
    """The network after `hand` was told everything; undone again."""
    found: dict[str, list[str]] = {}
    try:
        with transaction.atomic():
            tell_everything(hand)
            finish()
            found = network()
            raise Undone
    except Undone:
        return found


def test_bulk_writes_what_the_actions_write() -> None:
    sites_demo.load(SCENE)
    by_actions, in_bulk = Actions(), Bulk()
    expected = left_by(by_actions, by_actions.stop)
    found = left_by(in_bulk, in_bulk.write)
    assert set(found) == set(expected)
    assert len(expected["companies.Figure"]) > 100
    assert len(expected["companies.Company"]) > 10
    for label, rows in expected.items():
        assert found[label] == rows, label
