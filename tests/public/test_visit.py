"""Asking for a visit: by anybody, without a cookie, once; and the page by which it is followed and withdrawn."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.cache import caches
from django.utils import timezone
from icalendar import Calendar

from fondouk.mail.models import Message
from fondouk.prospects import forms
from fondouk.prospects.actions import plan_tour
from fondouk.prospects.models import Prospect, Tour
from tests.factories import (
    NetworkFactory,
    OpeningHoursFactory,
    PersonFactory,
    ProspectFactory,
    SiteFactory,
    TourFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_no_haste(monkeypatch):
    monkeypatch.setattr(forms, "HASTE", timedelta(0))
    caches["default"].clear()


@pytest.fixture
def site():
    NetworkFactory(name="Parcs du Nord")
    return SiteFactory(code="rabat", city="Rabat")


def key_of(client, address="/fr/visit/"):
    page = client.get(address)
    assert page.cookies == {}
    assert "no-store" in page["Cache-Control"]
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def typed(client, here, **given):
    return {
        "name": "Rim Tazi",
        "email": "rim@example.ma",
        "purpose": "settle",
        "site": here.pk,
        "tour": "on",
        "visitors": "3",
        "message": "Un bureau ?",
        "key": key_of(client),
        **given,
    }


def test_a_visitor_asks_and_sees_their_request(client, site):
    answer = client.post("/fr/visit/", typed(client, site))
    prospect = Prospect.objects.get()
    assert answer["Location"] == f"/fr/visit/{prospect.token}/?sent"
    page = client.get(answer["Location"])
    assert page.cookies == {}
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "rim@example.ma" in page.content.decode()
    assert (prospect.site, prospect.language) == (site, "fr")
    assert Tour.objects.live().get().visitors == 3


def test_sending_the_same_form_again_changes_nothing(client, site):
    sent = typed(client, site)
    first, second = (client.post("/fr/visit/", sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    again = client.post(
        "/fr/visit/", typed(client, site)
    )  # gone back, to a form with a new key; or a good guess
    assert again["Location"] == "/fr/visit/?received"
    assert "Nous avons déjà cette demande" in client.get(again["Location"]).content.decode()
    assert Prospect.objects.count() == 1
    assert (
        Message.objects.filter(kind="prospects.received").count() == 2
    )  # whose mailbox it is finds the link there


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "rim"}, "email"),
        ({"name": ""}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"site": ""}, "site"),
        ({"wished_on": "1/1/2001"}, "wished_on"),
        ({"wished_on": "demain"}, "wished_on"),
        ({"visitors": "900"}, "visitors"),
        ({"phone": "12"}, "phone"),
        ({"message": "x" * 3001}, "message"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(client, site, given, field):
    answer = client.post("/fr/visit/", typed(client, site, **given))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Rim Tazi"' in answer.content.decode() or field == "name"
    assert not Prospect.objects.exists()


def test_what_was_corrected_and_sent_again_is_not_lost_nor_doubled(client, site):
    sent = typed(client, site, email="rim@exemple.ma")
    client.post("/fr/visit/", sent)
    for _time in range(2):
        client.post("/fr/visit/", {**sent, "email": "rim@example.ma"})
    assert set(Prospect.objects.values_list("email", flat=True)) == {"rim@exemple.ma", "rim@example.ma"}
    assert Prospect.objects.count() == 2


def test_a_day_on_which_the_site_is_closed_is_refused(client, site):
    day = timezone.localdate() + timedelta(days=14)
    OpeningHoursFactory(site=site, weekday=(day.isoweekday() % 7) + 1)
    wish = {"wished_on": day.strftime("%d/%m/%Y")}
    answer = client.post("/fr/visit/", typed(client, site, **wish))
    assert list(answer.context["form"].errors) == ["wished_on"]


def test_machines_give_themselves_away(client, site):
    assert client.post("/fr/visit/", typed(client, site, website="https://x.example")).status_code == 422
    with mock.patch.object(forms, "HASTE", timedelta(minutes=1)):
        assert client.post("/fr/visit/", typed(client, site)).status_code == 422
    assert not Prospect.objects.exists()


def test_a_form_left_open_for_too_long_is_sent_once_more(client, site):
    with mock.patch.object(forms, "VALID", timedelta(0)):
        answer = client.post("/fr/visit/", typed(client, site))
    assert answer.status_code == 422
    again = re.search(r'name="key" value="([^"]+)"', answer.content.decode())[1]
    assert client.post("/fr/visit/", typed(client, site, key=again)).status_code == 302


def test_one_mailbox_is_not_flooded(client, site):
    answers = [
        client.post("/fr/visit/", typed(client, site, message=f"Et {number} ?")).status_code
        for number in range(5)
    ]
    assert answers == [302, 302, 302, 422, 422]
    assert Prospect.objects.count() == 3


def test_a_request_is_withdrawn_by_its_own_address(client, site):
    tour = TourFactory(site=site)
    address = f"/fr/visit/{tour.prospect.token}/withdrawal/"
    assert client.get(address).status_code == 405
    client.post(address)
    assert Prospect.objects.get().outcome == "withdrawn"
    client.post(f"/fr/visit/{tour.prospect.token}/resumption/")
    assert Prospect.objects.get().is_open
    assert client.post("/fr/visit/1.abc/withdrawal/").status_code == 404


def test_a_planned_visit_goes_into_a_calendar(client, site):
    tour = TourFactory(site=site)
    answer = client.get(f"/fr/visit/{tour.prospect.token}/visit.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == tour.starts_at.replace(microsecond=0)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    assert event["sequence"] == 0
    later = {"starts_at": tour.starts_at + timedelta(days=1), "ends_at": tour.ends_at + timedelta(days=1)}
    plan_tour(tour, **later, guide=None, by=PersonFactory())
    moved = Calendar.from_ical(client.get(f"/fr/visit/{tour.prospect.token}/visit.ics").content).walk(
        "VEVENT"
    )[0]
    assert (moved["uid"], moved["sequence"]) == (event["uid"], 1)
    wished = TourFactory(starts_at=None, ends_at=None)
    assert client.get(f"/fr/visit/{wished.prospect.token}/visit.ics").status_code == 404


def test_the_address_of_a_site_chooses_it(client, site):
    page = client.get("/fr/visit/?site=rabat")
    assert page.context["form"]["site"].value() == site.pk
    assert page.context["form"]["tour"].value() is True


def test_a_request_is_never_kept_for_others(client, settings):
    settings.PAGES_KEPT_FOR = 60
    prospect = ProspectFactory()
    address = f"/fr/visit/{prospect.token}/"
    assert prospect.name in client.get(address).content.decode()
    prospect.delete()
    assert client.get(address).status_code == 404
