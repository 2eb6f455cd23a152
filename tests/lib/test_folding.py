"""Folding operations of migrations changes how long they take, and nothing else."""

from __future__ import annotations

from django.db import connection
from django.db.migrations import AddField, CreateModel, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CharField, IntegerField

from fondouk.lib.folding import Together, folded


def test_the_state_they_lead_to_is_the_same() -> None:
    loader = MigrationLoader(None)
    whole = loader.project_state()
    plain = ProjectState(real_apps=loader.unmigrated_apps)
    count = 0
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        for operation in migration.operations:
            some = operation.operations if isinstance(operation, Together) else [operation]
            count += isinstance(operation, Together)
            for one in some:
                one.state_forwards(migration.app_label, plain)
    assert count > 30
    assert plain.models.keys() == whole.models.keys()
    for key, model in whole.models.items():
        other = plain.models[key]
        assert (model.fields.keys(), model.options.keys()) == (other.fields.keys(), other.options.keys())
        assert (
            model != model.clone() or model == other
        )  # one with a field that is equal to none, not to itself
    assert plain.relations.keys() == whole.relations.keys()


def test_models_are_made_and_changed_apart_and_in_order() -> None:
    made = [CreateModel(name, [("id", IntegerField(primary_key=True))]) for name in ("A", "B")]
    added = [AddField("a", name, IntegerField(default=0)) for name in ("x", "y")]
    found = folded([*made, *added, RunSQL("SELECT 1"), *added[:1]])
    assert [type(one).__name__ for one in found] == ["Together", "Together", "RunSQL", "AddField"]
    assert [one.operations for one in found[:2]] == [made, added]  # type: ignore[attr-defined]


def test_forwards_and_back(transactional_db: None) -> None:
    before = ProjectState()
    made = Together([CreateModel("Folded", [("id", IntegerField(primary_key=True))])])
    more = Together([AddField("Folded", name, CharField(max_length=5, default="")) for name in ("x", "y")])
    assert before.apps.get_models() == []
    after = before.clone()
    made.state_forwards("lib_folding", after)
    later = after.clone()
    more.state_forwards("lib_folding", later)
    assert isinstance(later.models["lib_folding", "folded"], ModelState)
    with connection.schema_editor() as editor:
        made.database_forwards("lib_folding", editor, before, after)
        more.database_forwards("lib_folding", editor, after, later)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO lib_folding_folded VALUES (1, 'a', 'b')")
    with connection.schema_editor() as editor:
        more.database_backwards("lib_folding", editor, later, after)
        assert columns() == {"id"}
        made.database_backwards("lib_folding", editor, after, before)
    assert columns() == set()


def columns() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'lib_folding_folded'"
        )
        return {name for (name,) in cursor.fetchall()}
