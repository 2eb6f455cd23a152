"""What the park says, as visitors read it: questions, news, feed, texts of its own."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.utils import timezone

from fondouk.editorial.actions import save_text
from tests.factories import NetworkFactory, NewsFactory, QuestionFactory, SiteFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def network():
    return NetworkFactory(name="Parcs du Nord")


def shown(client, address):
    return client.get(address).content.decode()


def linked(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def test_drafts_are_nobodys(client):
    QuestionFactory(question_fr="Brouillon ?")
    NewsFactory(title_fr="Plus tard", published_at=timezone.now() + timedelta(hours=1))
    NewsFactory(title_fr="Jamais", published_at=None)
    for address in ("/fr/", "/fr/faq/", "/fr/news/", "/fr/news/feed.atom"):
        page = shown(client, address)
        assert not any(word in page for word in ("Brouillon", "Plus tard", "Jamais"))


def test_questions_are_told_to_machines_too(client):
    QuestionFactory(question_fr="Combien ?", answer_fr="Cela **dépend**.", is_public=True)
    page = shown(client, "/fr/faq/")
    assert "<strong>dépend</strong>" in page
    assert linked(page)["@type"] == "FAQPage"
    assert linked(page)["mainEntity"][0]["name"] == "Combien ?"


def test_what_is_not_in_the_language_of_the_page_says_which_it_is_in(client):
    item = NewsFactory(title_fr="Un prix", title_ar="", body_fr="Bravo")
    page = shown(client, f"/ar/news/{item.pk}/un-prix/")
    assert '<article class="fk-article fk-stack" lang="fr" dir="ltr">' in page


def test_news_have_one_address(client):
    item = NewsFactory(title_fr="Un prix", title_en="A prize")
    assert client.get(f"/en/news/{item.pk}/un-prix/")["Location"] == f"/en/news/{item.pk}/a-prize/"
    assert linked(shown(client, f"/en/news/{item.pk}/a-prize/"))["headline"] == "A prize"
    assert f"/en/news/{item.pk}/a-prize/" in shown(client, "/sitemap.xml")


def test_the_feed_is_atom_in_each_language(client):
    item = NewsFactory(title_fr="Un prix", title_ar="جائزة", body_fr="Le *jury*", body_ar="اللجنة")
    answer = client.get("/ar/news/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "جائزة"
    assert entry.find(f"{ATOM}id").text.endswith(f"/news/{item.pk}")
    assert entry.find(f"{ATOM}published").text.startswith(f"{item.published_at:%Y-%m-%d}")
    assert "اللجنة" in entry.find(f"{ATOM}content").text
    french = ElementTree.fromstring(client.get("/fr/news/feed.atom").content)  # noqa: S314 - our own
    assert "<em>jury</em>" in french.find(f"{ATOM}entry/{ATOM}content").text
    assert 'type="application/atom+xml"' in shown(client, "/fr/")


def test_no_sign_that_somebody_pasted_breaks_the_feed(client):
    NewsFactory(title_fr="Un\x0bprix")
    ElementTree.fromstring(client.get("/fr/news/feed.atom").content)  # noqa: S314 - our own


def test_texts_of_the_park_stand_in_their_places(client):
    SiteFactory()
    save_text("home-headline", {"fr": "Un lieu à nous"}, by=None)
    save_text("home-about", {"fr": "## Depuis 2001"}, by=None)
    save_text("legal-more", {"fr": "Éditeur : *le parc*"}, by=None)
    page = shown(client, "/fr/")
    assert "Un lieu à nous" in page
    assert "<h2>Depuis 2001</h2>" in page
    assert "<em>le parc</em>" in shown(client, "/fr/legal/")
