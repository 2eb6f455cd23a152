"""Writing the public site in the console: preview keeps nothing, undo brings back, refusals stand beside their field."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fondouk.editorial.models import NewsItem, Question, Text
from tests.factories import NewsFactory, QuestionFactory, staff
from tests.visiting import undo_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    client.force_login(staff("direction"))
    return client


def test_a_preview_shows_what_is_typed_and_keeps_nothing(writer):
    typed = {"body_fr": "Un parc **ouvert**", "body_ar": "حظيرة", "preview": "1"}
    page = writer.post("/fr/publishing/texts/home-about/", typed).content.decode()
    assert "<strong>ouvert</strong>" in page
    assert 'lang="ar" dir="rtl"' in page
    assert page.count("<strong>ouvert</strong>") == 2  # readers of English would read the French
    assert not Text.objects.exists()
    page = writer.post(
        "/fr/publishing/news/new/", {"title_fr": "Un prix", "body_fr": "*Bravo*", "preview": "1"}
    ).content.decode()
    assert "<em>Bravo</em>" in page
    assert not NewsItem.objects.exists()


def test_the_first_words_can_be_undone_unless_somebody_has_written_others(writer):
    address = "/fr/publishing/texts/home-lead/"
    undo = undo_of(writer.post(address, {"body_fr": "Premier"}))
    writer.post(undo)
    assert Text.objects.get(key="home-lead").body_fr == ""
    undo = undo_of(writer.post("/fr/publishing/texts/faq-lead/", {"body_fr": "Premier"}))
    writer.post("/fr/publishing/texts/faq-lead/", {"body_fr": "D’un autre"})
    writer.post(undo)
    assert Text.objects.get(key="faq-lead").body_fr == "D’un autre"


def test_saving_can_be_undone(writer):
    writer.post("/fr/publishing/texts/home-lead/", {"body_fr": "Un"})
    page = writer.post("/fr/publishing/texts/home-lead/", {"body_fr": "Deux"}, follow=True).content.decode()
    undo = page.partition('action="/fr/publishing/texts/home-lead/versions/')[2].partition('"')[0]
    writer.post(f"/fr/publishing/texts/home-lead/versions/{undo}")
    assert Text.objects.get().body_fr == "Un"


def test_what_is_too_long_or_missing_is_said_beside_its_field(writer):
    answer = writer.post("/fr/publishing/texts/home-lead/", {"body_fr": "x" * 200})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    answer = writer.post("/fr/publishing/questions/new/", {"answer_fr": "Oui."})
    assert answer.status_code == 422
    assert not Question.objects.exists()


def test_questions_are_ordered_published_and_withdrawn(writer):
    first, second = QuestionFactory(position=0), QuestionFactory(position=1)
    writer.post(f"/fr/publishing/questions/{second.pk}/place/", {"to": "up"})
    assert list(Question.objects.values_list("pk", flat=True)) == [second.pk, first.pk]
    writer.post(f"/fr/publishing/questions/{first.pk}/publication/")
    assert Question.objects.public().get() == first
    writer.post(f"/fr/publishing/questions/{first.pk}/publication/?off=1")
    assert not Question.objects.public().exists()


def test_news_is_published_now_or_on_a_day(writer):
    item = NewsFactory(published_at=None)
    address = f"/fr/publishing/news/{item.pk}/"
    words = {"title_fr": "Un autre titre", "publish": "1"}
    assert writer.post(address, {**words, "on": "", "at": "9:00"}).status_code == 422
    assert writer.post(address, {**words, "on": "31/12/2099"}).status_code == 422
    item.refresh_from_db()
    assert item.title_fr != "Un autre titre"  # all of it, or nothing
    writer.post(address, words)
    item.refresh_from_db()
    assert (item.title_fr, item.state_at(timezone.now())) == ("Un autre titre", "public")
    writer.post(f"{address}withdrawal/")
    day = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    writer.post(address, {**words, "on": day.strftime("%d/%m/%Y"), "at": "8h30"})
    item.refresh_from_db()
    assert item.state_at(timezone.now()) == "scheduled"
    assert timezone.localtime(item.published_at).strftime("%H:%M") == "08:30"


def test_removing_takes_the_word(writer):
    item = NewsFactory(title_fr="Un prix")
    address = f"/fr/publishing/news/{item.pk}/removal/"
    assert writer.post(address, {"confirmation": "autre"}).status_code == 422
    writer.post(address, {"confirmation": "Un prix"})
    assert not NewsItem.objects.exists()
