"""Text folded and put into words by PostgreSQL, as `fondouk.lib.text` does it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import ExpressionWrapper, Q, Value

from fondouk.lib.db import CONFIGURATIONS, Folded, Joined, Vector, no_overlap
from fondouk.lib.text import fold
from fondouk.people.models import Person

pytestmark = pytest.mark.django_db


def computed(expression: Any) -> Any:
    Person.objects.get_or_create(name="Hajar")
    return Person.objects.annotate(found=expression).values_list("found", flat=True)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Santé",
        "ÉNERGIE",
        "œuvre et æther",
        "Ça, là-bas & l'Été",
        "İstanbul",
        "ﬁche №5 ½ ²",
        "Ａｔｌａｓ",
        "شَرِكَةُ النُّور",
        "أحمد إيمان آمال ٱلله",
        "مدرسة مصطفى",
        "كـــبير",
        "",
    ],
)
def test_it_folds_as_the_program_does(text: str) -> None:
    assert computed(Folded(Value(text))) == fold(text)


def test_every_letter_of_europe_and_of_arabic_but_foreign_digits() -> None:
    """What is left out is known: ß, digits of other scripts, signs that nobody sees."""
    known = set("ß\xad\u061c\u200b\u200c\u200d\u200e\u200f٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ẞ")
    signs = [chr(code) for code in [*range(33, 0x250), *range(0x600, 0x700), *range(0x1E00, 0x1F00)]]
    sql, parameters = Folded(Value("?")).as_sql(*compiler())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sign, {sql.replace('%s', 'sign')} FROM unnest(%s::text[]) sign", [signs])
        differing = {sign for sign, folded in cursor.fetchall() if folded.strip() != fold(sign)}
    assert list(parameters) == ["?"]
    assert differing <= known


def compiler() -> tuple[Any, Any]:
    return Person.objects.all().query.get_compiler("default"), connection


def matches(text: str, typed: str, language: str) -> bool:
    query = SearchQuery(typed, config=language, search_type="plain")
    vector = ExpressionWrapper(Vector(Value(text)), output_field=SearchVectorField())
    found = Person.objects.annotate(words=vector).filter(words=query)
    Person.objects.get_or_create(name="Hajar")
    return found.exists()


@pytest.mark.parametrize(
    ("text", "typed", "language"),
    [
        ("Logiciels industriels", "logiciel industrielle", "french"),
        ("Smart cities", "city", "english"),
        ("شركات", "شركات", "arabic"),
        ("Santé", "sante", "simple"),
    ],
)
def test_words_are_kept_as_written_and_stemmed_in_each_language(text: str, typed: str, language: str) -> None:
    assert language in CONFIGURATIONS
    assert matches(text, typed, language)


def test_two_vectors_are_one_and_each_has_its_weight() -> None:
    found = computed(Joined(Vector(Value("atlas"), weight="A"), Vector(Value("eau"), weight="C")))
    assert "'atlas':" in found
    assert "'eau':" in found
    assert "C" in found


def test_a_condition_narrows_who_excludes_whom() -> None:
    constraint = no_overlap("person", name="once", message="No.", condition=Q(role="owner"))
    assert constraint.condition == Q(role="owner")
    assert [operator for _field, operator in constraint.expressions] == ["&&", "&&"]
