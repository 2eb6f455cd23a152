"""Frequent questions: written, ordered, published."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from fondouk.audit.actions import record
from fondouk.editorial import verbs
from fondouk.editorial.models import LANGUAGES, Question
from fondouk.lib.saving import save
from fondouk.people.models import Person

WRITTEN = [f"{noun}_{code}" for noun in ("question", "answer") for code in LANGUAGES]
BESIDE = {"question_is_asked_somehow": "question_fr", "question_is_answered_somehow": "answer_fr"}


def _alone() -> None:
    """Whoever orders the questions does so alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('editorial.questions'))")


@transaction.atomic
def save_question(question: Question, *, by: Person | None) -> Question:
    """A new one comes last. Raises `ValidationError` beside what is not written in any language."""
    if question.pk is None:
        _alone()
        last = Question.objects.aggregate(last=Max("position"))["last"]
        question.position = 0 if last is None else last + 1
    # Its place, and whether it is public, are other acts: they stay as somebody may have set them meanwhile.
    save(question, beside=BESIDE, fields=WRITTEN if question.pk else None)
    record(verbs.QUESTION_SAVED, question, by=by)
    return question


@transaction.atomic
def move_question(question: Question, steps: int) -> None:
    """Up (negative) or down among the others; not past the ends."""
    _alone()
    order = list(Question.objects.order_by("position", "pk"))
    place = next((number for number, one in enumerate(order) if one.pk == question.pk), None)
    if place is None:
        return  # removed meanwhile
    order.insert(max(0, min(len(order) - 1, place + steps)), order.pop(place))
    for number, one in enumerate(order):
        one.position = number
    Question.objects.bulk_update(order, ["position"])


@transaction.atomic
def publish_question(question: Question, *, by: Person) -> None:
    if Question.objects.filter(pk=question.pk, is_public=False).update(is_public=True):
        record(verbs.QUESTION_PUBLISHED, question, by=by)


@transaction.atomic
def withdraw_question(question: Question, *, by: Person) -> None:
    if Question.objects.filter(pk=question.pk, is_public=True).update(is_public=False):
        record(verbs.QUESTION_WITHDRAWN, question, by=by)


@transaction.atomic
def remove_question(question: Question, *, by: Person) -> None:
    record(verbs.QUESTION_REMOVED, by=by, title=str(question))
    question.delete()
