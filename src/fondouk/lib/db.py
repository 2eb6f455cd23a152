"""PostgreSQL expressions and constraints that several slices need: no overlap in time, text without accents.

The embedded server has no contrib modules. An integer therefore joins an exclusion constraint as a one-element
`int8range`, and accents go through `normalize(…, NFKD)`, which is immutable and may stand in a generated column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.migrations import RunPython
from django.db.models import F, Func, IntegerField, Q, TextField, Value
from django.db.models.expressions import Combinable

MARKS = "[\u0300-\u036f\u064b-\u065f\u0670\u0640]"
CONFIGURATIONS = ("simple", "french", "arabic", "english")


def as_range(field: str) -> Func:
    """An integer column as `[n, n]`, comparable with `&&` in a GiST index. Name the field, not its `_id` column."""
    return Func(F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def no_overlap(
    *keys: str, name: str, message: Any, during: str = "period", condition: Q | None = None
) -> ExclusionConstraint:
    """Forbid two rows with equal integer `keys` whose date ranges `during` overlap."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *[(as_range(key), RangeOperators.OVERLAPS) for key in keys],
            (during, RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )


def lasts_beyond(day: date, *, during: str = "period") -> Q:
    """Rows whose date range `during` has no end, or has it after `day`; whether they have begun is not asked."""
    return Q(**{f"{during}__upper_inf": True}) | Q(**{f"{during}__endswith__gt": day})


def lock(keys: Iterable[int]) -> None:
    """Hold these advisory locks until the transaction ends: in one statement, in the order of their keys, so that two who
    want some of the same wait for each other instead of killing each other (PostgreSQL, 13.3.5).
    """
    wanted = sorted(set(keys))
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(k) FROM (SELECT unnest(%s::bigint[]) AS k ORDER BY 1) AS wanted",
                [wanted],
            )


def counts(several: Sequence[models.QuerySet[Any]]) -> list[int]:
    """How many rows each has, of whatever models, with one query for all of them."""
    asked: list[str] = []
    params: list[Any] = []
    for rows in several:
        try:
            sql, given = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # `none()`, or a condition that nothing fulfils
            asked.append("0")
        else:
            asked.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 - the ORM's own text
            params += given
    if not params and set(asked) <= {"0"}:
        return [0] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", params)
        return list(cursor.fetchone())


class Folded(Func):
    """Text in lower case without accents or Arabic vowel signs, as `fondouk.lib.text.fold` gives it."""

    output_field = TextField()
    arity = 1
    template = (
        "translate(replace(replace(lower(regexp_replace(normalize(%(expressions)s, NFKD), "
        f"'{MARKS}', '', 'g') COLLATE pg_c_utf8), 'œ', 'oe'), 'æ', 'ae'), 'ٱىة', 'ايه')"
    )


class Vector(Func):
    """The words of one text for full-text search: as written and stemmed in three languages, accents aside."""

    output_field = SearchVectorField()
    arity = 1

    def __init__(self, expression: Combinable | str, *, weight: str = "A", **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.weight = weight

    def as_sql(self, compiler: Any, connection: Any, *arguments: Any, **context: Any) -> Any:
        sql, params = compiler.compile(Folded(self.source_expressions[0]))
        vectors = " || ".join(f"to_tsvector('{name}'::regconfig, {sql})" for name in CONFIGURATIONS)
        return f"setweight({vectors}, '{self.weight}')", list(params) * len(CONFIGURATIONS)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        expression = self.source_expressions[0]
        return "fondouk.lib.db.Vector", (expression,), {"weight": self.weight}


class Joined(Func):
    """Two vectors as one."""

    output_field = SearchVectorField()
    template = "(%(expressions)s)"
    arg_joiner = " || "


def part_of_day(part: str, field: str) -> Func:
    """The "day", "month" or "year" of a column that holds a day: no zone has a say in it."""
    return Func(F(field), template=f"extract({part} from %(expressions)s)", output_field=IntegerField())


def folded_column(field: str) -> models.GeneratedField:
    """A stored column with `field` folded: what sorting and accent-blind comparison read."""
    return models.GeneratedField(expression=Folded(F(field)), output_field=TextField(), db_persist=True)


def vector_column(**weights: str) -> models.GeneratedField:
    """A stored search vector: `vector_column(name="A", description="B")`."""
    vectors = [Vector(F(field), weight=weight) for field, weight in weights.items()]
    expression = vectors[0] if len(vectors) == 1 else Joined(*vectors)
    return models.GeneratedField(expression=expression, output_field=SearchVectorField(), db_persist=True)


def rebuild_generated(app: str) -> RunPython:
    """For a migration: the generated columns of an app computed anew, once what computes them has changed."""

    def rebuild(apps: Any, schema_editor: Any) -> None:
        quote = schema_editor.connection.ops.quote_name
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.GeneratedField):
                    sql, params = field.generated_sql(schema_editor.connection)
                    schema_editor.execute(
                        f"ALTER TABLE {quote(model._meta.db_table)} "
                        f"ALTER COLUMN {quote(field.column)} SET EXPRESSION AS ({sql})",
                        params or None,
                    )

    return RunPython(rebuild, RunPython.noop)
