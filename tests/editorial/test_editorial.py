"""Texts, questions and news: in whichever language they are written, as they stood, and nothing that runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from fondouk.editorial.actions import (
    move_question,
    publish_news,
    restore_text,
    save_news,
    save_question,
    save_text,
    withdraw_news,
    withdraw_question,
)
from fondouk.editorial.markdown import to_html
from fondouk.editorial.models import NewsItem, Question, Text, said
from fondouk.editorial.queries import texts, versions
from tests.factories import NewsFactory, PersonFactory, QuestionFactory
from tests.threads import together

pytestmark = pytest.mark.django_db


def test_a_reader_sees_their_own_language_else_the_first_that_is_written():
    save_text("home-lead", {"ar": "مرحبا", "en": "Welcome"}, by=None)
    with translation.override("en"):
        assert str(texts("home-lead")["home-lead"]) == "Welcome"
    with translation.override("fr"):
        found = texts("home-lead")["home-lead"]
    assert (str(found), found.language, found.direction) == ("مرحبا", "ar", "rtl")
    assert not texts("faq-lead")["faq-lead"]


def test_what_stood_before_comes_back():
    by = PersonFactory()
    text = save_text("home-lead", {"fr": "Un"}, by=by)
    save_text("home-lead", {"fr": "Deux"}, by=by)
    save_text("home-lead", {"fr": "Deux"}, by=by)  # says nothing new
    stood = versions(text)
    assert [version.bodies["fr"] for version in stood] == ["Deux", "Un"]
    restore_text(text, stood[1].key, by=by)
    assert Text.objects.get().body_fr == "Un"
    other = save_text("faq-lead", {"fr": "Autre"}, by=by)
    with pytest.raises(LookupError):
        restore_text(text, versions(other)[0].key, by=by)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[un lien](javascript:alert(1))",
        "![image](https://ailleurs.example/x.png)",
        '<a href="https://x.example" onclick="alert(1)">x</a>',
    ],
)
def test_nothing_that_is_typed_runs_or_loads(typed):
    shown = to_html(typed)
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "<a href=" not in shown or typed.startswith("!")  # a picture becomes a link to it


def test_headings_stand_below_those_of_the_page():
    assert to_html("# Un\n\n## Deux", below=2) == "<h3>Un</h3>\n<h4>Deux</h4>\n"
    assert (
        to_html("[ici](https://example.ma)") == '<p><a href="https://example.ma" rel="noopener">ici</a></p>\n'
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_write_a_place_first_both_do():
    by = PersonFactory()
    done = together(*[lambda n=n: save_text("home-lead", {"fr": str(n)}, by=by) for n in range(3)])
    assert [isinstance(one, Text) for one in done] == [True] * 3
    assert len(versions(Text.objects.get())) == 3


def test_saving_leaves_what_was_withdrawn_meanwhile():
    item, question, by = NewsFactory(), QuestionFactory(is_public=True), PersonFactory()
    stale, stale_question = NewsItem.objects.get(), Question.objects.get()
    withdraw_news(item, by=by)
    withdraw_question(question, by=by)
    stale.title_fr, stale_question.answer_fr = "Autre titre", "Autre réponse"
    save_news(stale, by=by)
    save_question(stale_question, by=by)
    assert NewsItem.objects.get().published_at is None
    assert not Question.objects.get().is_public
    assert NewsItem.objects.get().title_fr == "Autre titre"


def test_questions_keep_their_order():
    first, second, third = (save_question(Question(question_fr=q, answer_fr="a"), by=None) for q in "abc")
    move_question(third, -1)
    move_question(first, -1)  # there is no place above
    move_question(second, 5)
    assert [str(one) for one in Question.objects.all()] == ["a", "c", "b"]


def test_a_question_is_asked_and_answered_in_some_language():
    with pytest.raises(ValidationError) as refused:
        save_question(Question(question_ar="من؟"), by=None)
    assert list(refused.value.message_dict) == ["answer_fr"]
    for name, given in (("asked", {"question_fr": ""}), ("answered", {"answer_fr": ""})):
        with pytest.raises(IntegrityError, match=f"question_is_{name}_somehow"), transaction.atomic():
            QuestionFactory(**given)


def test_news_is_public_from_its_moment_on():
    now, by = timezone.now(), PersonFactory()
    item = save_news(NewsItem(title_en="Soon"), by=by)
    assert item.state_at(now) == "draft"
    item = publish_news(item, now + timedelta(hours=1), by=by)
    assert item.state_at(now) == "scheduled"
    assert not NewsItem.objects.public(now).exists()
    assert NewsItem.objects.public(now + timedelta(hours=2)).get() == item
    assert withdraw_news(item, by=by).state_at(now + timedelta(hours=2)) == "draft"
    assert item.written_by == by


def test_news_has_a_title_in_some_language():
    with pytest.raises(ValidationError) as refused:
        save_news(NewsItem(body_fr="…"), by=None)
    assert list(refused.value.message_dict) == ["title_fr"]
    with pytest.raises(IntegrityError, match="news_has_a_title"), transaction.atomic():
        NewsFactory(title_fr="")


def test_said_takes_the_language_it_is_asked_for():
    item = NewsFactory(title_fr="Bonjour", title_en="Hello")
    assert str(said(item, "title", "en")) == "Hello"
    assert str(said(item, "title", "ar")) == "Bonjour"
