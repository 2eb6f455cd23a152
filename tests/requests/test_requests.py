"""Requests: promised by the hours of the site, taken step by step, told to whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.files.models import StoredFile
from fondouk.mail.models import Message
from fondouk.people.privacy import KEEPERS
from fondouk.requests.actions import assign, close_resolved, rate, say
from fondouk.requests.actions.handling import Meanwhile
from fondouk.requests.enums import State
from fondouk.requests.models import Category, Remark, Request
from fondouk.requests.queries import handlers, levels
from fondouk.sites.models import Site
from fondouk.sites.queries import after_open_minutes
from tests.factories import (
    AccountFactory,
    OpeningHoursFactory,
    PersonFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    staff,
)
from tests.factories.bookings import room
from tests.factories.requests import asked, category
from tests.files.samples import PNG_BYTES as PNG
from tests.threads import together

HOUR = timedelta(hours=1)


def open_site() -> Site:
    site = SiteFactory()
    for weekday in range(1, 6):
        OpeningHoursFactory(site=site, weekday=weekday, opens=time(9), closes=time(17))
    return site


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In January 2027, when the clock on the wall is that of UTC. The 8th is a Friday."""
    return datetime(2027, 1, day, hour, minute, tzinfo=UTC)


@pytest.mark.django_db
class TestPromises:
    @pytest.mark.parametrize(
        ("made", "minutes", "due"),
        [
            (at(8, 10), 60, at(8, 11)),
            (at(8, 16, 30), 60, at(11, 9, 30)),  # over the week-end
            (at(8, 7), 30, at(8, 9, 30)),
            (at(8, 20), 30, at(12, 9, 30)),
            (at(8, 9), 8 * 60, at(8, 17)),
            (at(9, 12), 8 * 60 + 1, at(13, 9, 1)),
        ],
    )
    def test_they_run_in_opening_hours(self, made: datetime, minutes: int, due: datetime) -> None:
        # Monday the 11th of January is a public holiday (the Manifesto of Independence).
        found = after_open_minutes(open_site(), made, minutes)
        expected = due if due.day != 11 else due + timedelta(days=1)
        assert found == expected

    def test_of_a_site_without_hours_in_minutes_like_any_other(self) -> None:
        assert after_open_minutes(SiteFactory(), at(8, 22), 90) == at(8, 23, 30)

    def test_what_stops_people_is_promised_in_half_the_time(self) -> None:
        site = open_site()
        calm = asked(site=site, now=at(6, 9))
        urgent = asked(site=site, now=at(6, 9), is_blocking=True)
        assert (calm.answer_due_at, urgent.answer_due_at) == (at(6, 10), at(6, 9, 30))

    def test_they_stay_when_the_category_changes(self) -> None:
        one = asked(now=at(6, 9))
        Category.objects.update(answer_minutes=1)
        one.refresh_from_db()
        assert one.answer_due_at == at(6, 10)

    def test_what_waits_for_the_resident_is_not_late(self) -> None:
        by = PersonFactory()
        one = asked(now=at(6, 9))
        assert set(Request.objects.late(at(6, 10, 1))) == {one}
        say(one, by=by, is_staff=True, text="Quelle salle ?", state=State.WAITING, now=at(6, 10, 2))
        assert not Request.objects.late(at(30, 10)).exists()
        say(one, by=one.reporter, is_staff=False, text="La B", now=at(6, 11))
        one.refresh_from_db()
        assert (one.state, one.answered_at) == (State.UNDERWAY, at(6, 10, 2))
        assert set(Request.objects.late(at(30, 10))) == {one}

    def test_kept_promises_are_counted(self) -> None:
        by = PersonFactory()
        quick, slow, _untouched = (asked(now=at(6, 9)) for _number in range(3))
        say(quick, by=by, is_staff=True, text="Fait", state=State.RESOLVED, now=at(6, 9, 20))
        say(slow, by=by, is_staff=True, text="Vu", now=at(6, 12))
        say(slow, by=by, is_staff=True, text="Fait", state=State.RESOLVED, now=at(7, 12))
        rate(quick, 4, by=quick.reporter)
        found = levels(Request.objects.all(), at(1, 0))
        assert (found.made, found.answered, found.answered_in_time) == (3, 2, 1)
        assert (found.resolved, found.resolved_in_time, found.rated, found.satisfaction) == (2, 1, 1, 4)


@pytest.mark.django_db
class TestMaking:
    def test_a_space_of_another_site_or_too_many_photos_leave_nothing(self) -> None:
        with pytest.raises(ValidationError) as wrong:
            asked(site=SiteFactory(), resource=room())
        assert set(wrong.value.message_dict) == {"resource"}
        picture = SimpleUploadedFile("a.png", PNG)
        with pytest.raises(ValidationError) as many:
            asked(photos=[picture] * 7)
        assert set(many.value.message_dict) == {"photos"}
        script = SimpleUploadedFile("a.png", b"#!/bin/sh\necho")
        with pytest.raises(ValidationError) as bad:
            asked(photos=[picture, script])
        assert "a.png" in str(bad.value)
        assert (Request.objects.count(), StoredFile.objects.count()) == (0, 0)

    def test_what_is_not_offered_any_more(self) -> None:
        with pytest.raises(ValidationError) as gone:
            asked(category=category(name_fr="Fax", is_active=False))
        assert set(gone.value.message_dict) == {"category"}

    @pytest.mark.parametrize(
        "values",
        [
            {"rating": 6, "state": "closed", "resolved_at": at(6, 9)},
            {"rating": 3},
            {"state": "resolved"},
            {"resolved_at": at(6, 9)},
            {"state": "lost"},
            {"title": ""},
        ],
    )
    def test_the_database_holds_no_such_request(self, values: dict[str, Any]) -> None:
        one = asked()
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=one.pk).update(**values)


@pytest.mark.django_db
class TestDealingWithIt:
    def test_from_new_to_rated(self) -> None:
        reporter, by, to = (AccountFactory().person for _number in range(3))
        one = asked(by=reporter)
        assign(one, to, by=by)
        say(one, by=to, is_staff=True, text="J’arrive", state=State.UNDERWAY)
        say(one, by=to, is_staff=True, text="Pièce commandée", is_internal=True)
        say(one, by=to, is_staff=True, text="Changée", state=State.RESOLVED)
        rate(one, 5, note="Rapide", by=one.reporter)
        one.refresh_from_db()
        assert (one.state, one.rating, one.rating_note) == (State.CLOSED, 5, "Rapide")
        kinds = list(Message.objects.order_by("pk").values_list("kind", "person"))
        assert kinds == [
            ("requests.given", to.pk),
            ("requests.answered", one.reporter_id),
            ("requests.resolved", one.reporter_id),
        ]
        assert not any("Pièce" in text for text in Message.objects.values_list("text", flat=True))
        assert Entry.objects.filter(verb__startswith="requests.").count() == 6

    def test_a_letter_leads_where_its_reader_may_go(self, client: Client) -> None:
        site = open_site()
        company = hosted_company(site)
        member = owner_of(company)
        desk = staff("reception", site)
        for reporter in (member, desk):  # one for themselves, one on behalf of the company
            one = asked(site=site, company=company, by=reporter.person)
            say(one, by=staff("direction").person, is_staff=True, text="Vu")
            text = Message.objects.order_by("-pk")[0].text
            path = next(word for word in text.split() if word.startswith("http")).split("/", 3)[3]
            client.force_login(reporter)
            assert client.get(f"/{path}").status_code == 200

    @pytest.mark.parametrize(
        ("state", "to", "is_staff"),
        [
            (State.CLOSED, State.UNDERWAY, True),
            (State.WITHDRAWN, State.RESOLVED, True),
            (State.UNDERWAY, State.NEW, True),
            (State.NEW, State.RESOLVED, False),
            (State.CLOSED, State.WITHDRAWN, False),
            (State.NEW, State.CLOSED, True),
        ],
    )
    def test_steps_that_are_none(self, state: State, to: State, is_staff: bool) -> None:
        one = asked()
        done = {"resolved_at": timezone.now()} if state == State.CLOSED else {}
        Request.objects.filter(pk=one.pk).update(state=state, **done)
        with pytest.raises(Meanwhile):
            say(one, by=PersonFactory(), is_staff=is_staff, text="x", state=to)
        assert not Remark.objects.exists()

    def test_a_resident_opens_it_again_for_a_week(self) -> None:
        one = asked(now=at(4, 9))
        say(one, by=PersonFactory(), is_staff=True, text="Fait", state=State.RESOLVED, now=at(4, 10))
        say(one, by=one.reporter, is_staff=False, text="Non", state=State.UNDERWAY, now=at(8, 10))
        one.refresh_from_db()
        assert (one.state, one.resolved_at) == (State.UNDERWAY, None)
        say(one, by=PersonFactory(), is_staff=True, text="Fait", state=State.RESOLVED, now=at(8, 11))
        with pytest.raises(Meanwhile):
            say(one, by=one.reporter, is_staff=False, text="Non", state=State.UNDERWAY, now=at(16, 10))
        assert close_resolved(now=at(15, 10)) == 0
        assert close_resolved(now=at(15, 12)) == 1
        one.refresh_from_db()
        assert one.state == State.CLOSED
        rate(one, 2, by=one.reporter)

    def test_nothing_is_no_answer_and_a_question_is_asked(self) -> None:
        one = asked()
        for values in (
            {"text": " "},
            {"state": State.WAITING},
            {"state": State.WAITING, "text": "?", "is_internal": True},
        ):
            with pytest.raises(ValidationError):
                say(one, by=PersonFactory(), is_staff=True, **values)

    def test_an_answer_to_what_has_changed_is_refused(self) -> None:
        one = asked()
        say(one, by=PersonFactory(), is_staff=True, text="Vu", sequence=0)
        with pytest.raises(Meanwhile):
            say(one, by=PersonFactory(), is_staff=True, text="Vu aussi", sequence=0)
        with pytest.raises(Meanwhile):
            assign(one, PersonFactory(), by=PersonFactory(), sequence=0)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_answer_the_same_page_one_is_heard() -> None:
    one, by = asked(), PersonFactory()

    def answer() -> Remark:
        return say(one, by=by, is_staff=True, text="Vu", state=State.UNDERWAY, sequence=0)

    found = together(*[answer] * 10)
    assert sum(isinstance(answered, Remark) for answered in found) == 1
    assert sum(isinstance(answered, Meanwhile) for answered in found) == 9
    assert Remark.objects.count() == 1


@pytest.mark.django_db
class TestWhoSees:
    def test_residents_theirs_and_staff_those_of_their_sites(self) -> None:
        site = open_site()
        company = hosted_company(site)
        one = asked(site=site, company=company)
        elsewhere = asked()
        assert set(Request.objects.visible_to(owner_of(company))) == {one}
        assert set(Request.objects.visible_to(owner_of(hosted_company(site)))) == set()
        assert set(Request.objects.visible_to(staff("reception", site))) == {one}
        assert set(Request.objects.visible_to(staff("direction"))) == {one, elsewhere}
        desk = staff("reception", site)
        assert desk.person in handlers(site.pk)
        assert staff("finance", site).person not in handlers(site.pk)

    def test_photos_go_with_the_request(self, client: Client) -> None:
        company = hosted_company()
        one = asked(company=company, photos=[SimpleUploadedFile("lampe.png", PNG)])
        file = one.photos.get().file
        client.force_login(owner_of(company))
        assert client.get(f"/files/{file.pk}/").status_code == 200
        client.force_login(owner_of(hosted_company()))
        assert client.get(f"/files/{file.pk}/").status_code == 404

    def test_what_is_internal_stays_inside(self, client: Client) -> None:
        company = hosted_company()
        one = asked(company=company)
        say(one, by=PersonFactory(), is_staff=True, text="Mauvais payeur", is_internal=True)
        say(
            one,
            by=PersonFactory(),
            is_staff=True,
            text="Secret aussi",
            state=State.UNDERWAY,
            is_internal=True,
        )
        client.force_login(owner_of(company))
        page = client.get(f"/fr/my/requests/{one.pk}/").content.decode()
        assert "Mauvais payeur" not in page
        assert "Secret aussi" not in page

    def test_erased_it_says_no_name(self) -> None:
        person = PersonFactory(name="Zineb Tahiri")
        one = asked(by=person, title="Bureau de Zineb Tahiri", text="Appelez-moi")
        say(one, by=PersonFactory(), is_staff=True, text="Vu avec Zineb Tahiri")
        collected = KEEPERS["requests"].collect(person)
        assert collected["requests"][0]["text"] == "Appelez-moi"
        KEEPERS["requests"].erase(person)
        one.refresh_from_db()
        assert (one.title, one.text) == ("Bureau de —", "")
        assert Remark.objects.get().text == "Vu avec —"


@pytest.mark.django_db
class TestScreens:
    def test_a_resident_asks_and_follows(self, client: Client) -> None:
        site = open_site()
        account = owner_of(hosted_company(site))
        place = room(site=site, code="Atlas")
        client.force_login(account)
        page = client.get(f"/fr/my/requests/new/?space={place.pk}").content.decode()
        assert f'<option value="{place.pk}" selected>' in page
        said = {"category": category().pk, "site": site.pk, "resource": place.pk, "title": "Écran noir"}
        nothing = client.post("/fr/my/requests/new/", {**said, "title": ""})
        assert (nothing.status_code, Request.objects.count()) == (422, 0)
        photo = SimpleUploadedFile("ecran.png", PNG)
        assert client.post("/fr/my/requests/new/", {**said, "photos": [photo]}).status_code == 302
        one = Request.objects.get()
        assert (one.company, one.reporter, one.photos.count()) == (
            account.person.memberships.get().company,
            account.person,
            1,
        )
        say(one, by=PersonFactory(), is_staff=True, text="Lequel ?", state=State.WAITING)
        client.post(f"/fr/my/requests/{one.pk}/reply/", {"text": "Le grand"})
        client.post(f"/fr/my/requests/{one.pk}/withdrawal/")
        client.post(f"/fr/my/requests/{one.pk}/return/")
        one.refresh_from_db()
        assert one.state == State.NEW
        say(one, by=PersonFactory(), is_staff=True, text="Fait", state=State.RESOLVED)
        assert client.post(f"/fr/my/requests/{one.pk}/rating/", {"rating": 9}).status_code == 422
        client.post(f"/fr/my/requests/{one.pk}/rating/", {"rating": 5})
        one.refresh_from_db()
        assert (one.state, one.rating) == (State.CLOSED, 5)
        assert client.post(f"/fr/my/requests/{one.pk}/undo/").status_code == 404

    def test_a_space_of_another_site_is_not_on_the_list(self, client: Client) -> None:
        site = open_site()
        client.force_login(owner_of(hosted_company(site)))
        said = {"category": category().pk, "site": site.pk, "resource": room().pk, "title": "x"}
        assert client.post("/fr/my/requests/new/", said).status_code == 422
        said = {"category": category().pk, "site": SiteFactory().pk, "title": "x"}
        assert client.post("/fr/my/requests/new/", said).status_code == 422
        assert not Request.objects.exists()

    def test_the_staff_deals_with_it(self, client: Client) -> None:
        site = open_site()
        desk = staff("reception", site)
        one = asked(site=site, company=hosted_company(site, name="Khettara"))
        client.force_login(desk)
        assert "Khettara" in client.get("/fr/requests/").content.decode()
        client.post(f"/fr/requests/{one.pk}/assignment/?mine")
        one.refresh_from_db()
        assert one.assignee == desk.person
        stale = {"text": "Vu", "state": "underway", "sequence": 0}
        late = client.post(f"/fr/requests/{one.pk}/answer/", stale)
        assert (late.status_code, "Vu</textarea>" in late.content.decode()) == (422, True)
        client.post(f"/fr/requests/{one.pk}/answer/", {**stale, "sequence": 1})
        one.refresh_from_db()
        assert one.state == State.UNDERWAY
        client.post(f"/fr/requests/{one.pk}/assignment/", {"to": ""})
        one.refresh_from_db()
        assert one.assignee is None
        stranger = PersonFactory()
        assert client.post(f"/fr/requests/{one.pk}/assignment/", {"to": stranger.pk}).status_code == 404
        other = asked()
        assert client.post(f"/fr/requests/{other.pk}/answer/", stale).status_code == 404

    @pytest.mark.parametrize(
        ("show", "found"), [("", 1), ("late", 1), ("nobody", 1), ("mine", 0), ("all", 2), ("withdrawn", 1)]
    )
    def test_the_list_and_its_export(self, client: Client, show: str, found: int) -> None:
        site = open_site()
        asked(site=site, title="Vieille", now=timezone.now() - timedelta(days=40))
        gone = asked(site=site, title="Retirée")
        say(gone, by=gone.reporter, is_staff=False, state=State.WITHDRAWN)
        client.force_login(staff("reception", site))
        csv = client.get(f"/fr/requests/export/csv/?show={show}").content.decode("utf-8-sig")
        assert (
            len(
                [
                    line
                    for line in csv.splitlines()
                    if "lampe" in line or "Vieille" in line or "Retirée" in line
                ]
            )
            == found
        )
        assert client.get(f"/fr/requests/?show={show}&sort=-due&q=%23999").status_code == 200

    def test_categories_say_what_is_promised(self, client: Client) -> None:
        client.force_login(staff("direction"))
        said = {
            "kind": "service",
            "name_fr": "Courrier",
            "answer_hours": "1,5",
            "resolve_hours": "8",
            "is_active": "on",
        }
        assert client.post("/fr/requests/categories/new/", {**said, "resolve_hours": "1"}).status_code == 422
        assert client.post("/fr/requests/categories/new/", {**said, "answer_hours": "-1"}).status_code == 422
        assert client.post("/fr/requests/categories/new/", said).status_code == 302
        one = Category.objects.get(name_fr="Courrier")
        assert (one.answer_minutes, one.resolve_minutes) == (90, 480)
        assert client.post("/fr/requests/categories/new/", said).status_code == 422
        client.force_login(staff("reception"))
        assert client.get(f"/fr/requests/categories/{one.pk}/").status_code == 404

    def test_what_is_late_waits_for_somebody(self, client: Client) -> None:
        site = open_site()
        asked(site=site, title="Oubliée", now=timezone.now() - timedelta(days=40))
        client.force_login(staff("reception", site))
        assert "Oubliée" in client.get("/fr/todo/").content.decode()
