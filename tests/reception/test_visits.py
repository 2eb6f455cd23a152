"""Visitors: announced, invited, received with one tap, forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from fondouk.audit.models import Entry
from fondouk.mail.actions import deliver
from fondouk.mail.models import Message
from fondouk.people.privacy import KEEPERS
from fondouk.people.retention import RULES
from fondouk.reception.actions import (
    Guest,
    Meanwhile,
    announce,
    announcing,
    arrive,
    cancel,
    change,
    decline,
    end_visits,
    leave,
    restore,
    send_again,
    undo_arrival,
    undo_leaving,
    walk_in,
)
from fondouk.reception.enums import State
from fondouk.reception.forms import GuestsField
from fondouk.reception.models import Letter, Visit
from fondouk.reception.queries import desk_of
from tests.factories import (
    GrantFactory,
    PersonEmailFactory,
    PersonFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    staff,
)
from tests.factories.bookings import room
from tests.factories.reception import expected
from tests.threads import together

NINE = datetime(2027, 1, 5, 8, 30, tzinfo=UTC)
DAY = date(2027, 1, 5)


def announced(**values: Any) -> Visit:
    return expected(values.pop("host", None) or a_host(), day=DAY, clock=time(9), **values)


@pytest.fixture
def at_nine() -> Any:
    with time_machine.travel(NINE, tick=False):
        yield


def a_host(**values: Any) -> Any:
    return PersonEmailFactory(**{f"person__{name}": value for name, value in values.items()}).person


def letters(kind: str) -> Any:
    return Message.objects.filter(kind=f"reception.{kind}")


@pytest.mark.django_db
@pytest.mark.usefixtures("at_nine")
class TestAnnouncing:
    def test_whoever_has_an_address_is_invited_with_a_code_and_an_entry_for_the_calendar(self) -> None:
        site, host = SiteFactory(), PersonFactory(name="Salma Alami")
        guests = [Guest("Idris", "idris@visitor.example"), Guest("Nora")]
        first, second = announce(
            guests,
            site=site,
            day=DAY,
            clock=time(9),
            host=host,
            by=host,
            language="en",
            resource=room(site=site),
        )
        message = letters("invited").get()
        assert (message.to, message.language) == ("idris@visitor.example", "en")
        assert "Salma Alami" in message.text and "5 Jan 2027" in message.text
        assert message.code.endswith(f"/welcome/{first.token}/") and message.code in message.text
        event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]
        assert event.decoded("dtstart").strftime("%d/%m %H:%M") == "05/01 09:00"
        assert str(event["attendee"]) == "mailto:idris@visitor.example"
        assert message.calendar_method == "REQUEST"
        assert (second.state, second.email) == (State.EXPECTED, "")
        line = Entry.objects.get(verb="reception.announced")
        assert "Idris" not in str(line.facts) and len(line.subjects) == 2

    def test_the_code_goes_along_as_a_picture(self, mailoutbox: Any, settings: Any) -> None:
        settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        announced()
        deliver(letters("invited").get().pk)
        (mail,) = mailoutbox
        name, content, kind = mail.attachments[0]
        assert (name, kind, content[:4]) == ("code.png", "image/png", b"\x89PNG")
        assert [part.mimetype.split(";")[0] for part in mail.alternatives] == ["text/calendar"]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"day": date(2027, 1, 4)}, "day"),
            ({"clock": time(7)}, "day"),
            ({"day": date(2028, 2, 1)}, "day"),
            ({"guests": []}, "guests"),
            ({"guests": [Guest(" ")]}, "name"),
            ({"guests": [Guest("Idris"), Guest("Nora", "nora@")]}, "guests"),
            ({"guests": [Guest("Idris")] * 31}, "guests"),
            ({"elsewhere": True}, "resource"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(
        self, values: dict[str, Any], field: str
    ) -> None:
        host = PersonFactory()
        said = {"guests": [Guest("Idris", "idris@visitor.example")], "day": DAY, "clock": time(9), **values}
        if said.pop("elsewhere", False):
            said["resource"] = room(site=SiteFactory())
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            announce(said.pop("guests"), site=SiteFactory(), host=host, by=host, **said)
        assert list(refused.value.message_dict) == [field]
        assert not Visit.objects.exists() and not Message.objects.exists()

    def test_invitations_are_counted(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(announcing, "LETTERS_A_DAY", 2)
        host, site = PersonFactory(), SiteFactory()
        announced(host=host, site=site)
        announced(host=host, site=site)
        with pytest.raises(ValidationError, match="2"), transaction.atomic():
            announced(host=host, site=site)
        announced(host=host, site=site, guest=Guest("Without an address"))

    def test_nobody_is_written_to_without_end(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(announcing, "LETTERS_A_VISIT", 4)
        visit = announced()
        for _round in range(3):
            send_again(visit, by=visit.host)
        for act in (send_again, partial(change, day=DAY, clock=time(11), resource=None, note="")):
            with pytest.raises(ValidationError), transaction.atomic():
                act(visit, by=visit.host)
        cancel(visit, by=visit.host)
        with pytest.raises(ValidationError), transaction.atomic():
            restore(visit, by=visit.host)
        assert letters("invited").count() == 4

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Foo\r\nBcc: evil@example.com", "Foo Bcc: evil@example.com"),
            ("\u202eIdris\u200b", "Idris"),
            ("A\x00B", "AB"),
        ],
    )
    def test_a_name_is_one_line_that_is_seen(self, typed: str, kept: str) -> None:
        assert announced(guest=Guest(typed)).name == kept
        with pytest.raises(ValidationError), transaction.atomic():
            announced(guest=Guest("\u200b"))

    def test_a_change_and_a_cancellation_are_told_and_follow_each_other_in_the_calendar(self) -> None:
        visit = announced()
        with pytest.raises(Meanwhile):
            change(visit, day=DAY, clock=time(11), resource=None, note="", by=visit.host, sequence=7)
        change(visit, day=DAY, clock=time(11), resource=None, note="", by=visit.host, sequence=0)
        change(visit, day=DAY, clock=time(11), resource=None, note="A wheelchair", by=visit.host)
        cancel(visit, by=visit.host)
        cancel(visit, by=visit.host)
        restore(visit, by=visit.host)
        events = [
            (message.calendar_method, Calendar.from_ical(message.calendar).walk("VEVENT")[0])
            for message in Message.objects.order_by("pk")
        ]
        assert [method for method, _event in events] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]
        assert len({str(event["uid"]) for _method, event in events}) == 1
        sequences = [int(event["sequence"]) for _method, event in events]
        assert sequences == sorted(set(sequences))
        assert str(events[2][1]["status"]) == "CANCELLED"

    def test_the_visitor_may_say_that_they_do_not_come(self, client: Client) -> None:
        visit = announced(language="en")
        page = client.get(reverse("welcome", args=[visit.token]))
        assert (
            page.status_code == 200
            and b"<svg" in page.content
            and page["Cache-Control"] == "private, no-store"
        )
        book = client.get(reverse("welcome_calendar", args=[visit.token]))
        assert Calendar.from_ical(book.content).walk("VEVENT")
        client.post(reverse("welcome_refusal", args=[visit.token]))
        visit.refresh_from_db()
        assert visit.state == State.CANCELLED and visit.has_declined
        after = client.get(reverse("welcome", args=[visit.token])).content.decode()
        assert "Vous avez dit que vous ne venez pas" in after and "vous attend" not in after
        assert letters("declined").get().to == visit.host.main_email
        assert not letters("cancelled").exists()
        assert client.get(reverse("welcome_calendar", args=[visit.token])).status_code == 404
        forged = f"{visit.pk}.{'a' * 43}"
        assert client.get(reverse("welcome", args=[forged])).status_code == 404

    def test_the_invitation_once_more(self) -> None:
        visit, silent = announced(), announced(guest=Guest("Nora"))
        assert send_again(visit, by=visit.host) and not send_again(silent, by=silent.host)
        assert letters("invited").count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("at_nine")
class TestTheDesk:
    def test_one_tap_and_the_host_knows(self) -> None:
        visit, by = announced(), PersonFactory()
        arrive(visit, by=by)
        arrive(visit, by=by)
        assert letters("arrived").get().to == visit.host.main_email
        assert "Idris Tazi" in letters("arrived").get().subject
        undo_arrival(visit, by=by)
        visit.refresh_from_db()
        assert visit.state == State.EXPECTED
        with pytest.raises(Meanwhile):
            leave(visit, by=by)
        arrive(visit, by=by)
        leave(visit, by=by)
        visit.refresh_from_db()
        assert visit.state == State.LEFT
        undo_leaving(visit, by=by)
        visit.refresh_from_db()
        assert visit.state == State.HERE
        assert not any("Idris" in str(line.facts) for line in Entry.objects.all())

    def test_who_was_cancelled_or_comes_tomorrow_has_not_arrived(self) -> None:
        gone, later = announced(), expected(day=DAY + timedelta(days=1))
        cancel(gone, by=gone.host)
        for visit in (gone, later):
            with pytest.raises(Meanwhile):
                arrive(visit, by=PersonFactory())

    def test_nobody_has_announced_them(self) -> None:
        site, host = SiteFactory(), a_host()
        visit = walk_in(Guest("Nora", "", "Presse"), site=site, host=host, by=PersonFactory())
        assert (visit.state, visit.clock) == (State.HERE, time(8, 30))
        assert letters("arrived").count() == 1
        desk = desk_of(site, DAY)
        assert (list(desk.here), desk.expected, desk.over) == ([visit], [], [])
        assert desk_of(site, DAY, "presse").here and not desk_of(site, DAY, "banque").here

    def test_nobody_stays_overnight(self) -> None:
        visit = announced()
        arrive(visit, by=visit.host)
        assert end_visits(now=NINE + timedelta(hours=12)) == 0
        assert end_visits(now=datetime(2027, 1, 6, 0, 5, tzinfo=UTC)) == 1
        visit.refresh_from_db()
        assert visit.left_at == datetime(2027, 1, 6, tzinfo=UTC)

    def test_staff_that_read_the_code_are_led_to_their_page_and_others_are_not(self, client: Client) -> None:
        visit = announced()
        client.force_login(staff("reception", visit.site))
        assert client.get(reverse("welcome", args=[visit.token]))["Location"] == reverse(
            "visit", args=[visit.pk]
        )
        client.force_login(staff("reception", SiteFactory()))
        assert client.get(reverse("welcome", args=[visit.token])).status_code == 200
        assert client.post(reverse("visit_step", args=[visit.pk, "arrival"])).status_code == 404

    def test_a_desk_is_for_those_who_receive_there(self, client: Client) -> None:
        here, there = SiteFactory(), announced()
        account = staff("reception", here)
        GrantFactory(person=account.person, role="finance", site=there.site)
        client.force_login(account)
        for query in ({}, {"site": there.site.code}):
            page = client.get(reverse("reception"), {**query, "day": "05/01/2027"}, follow=True)
            assert page.status_code == 200 and "Idris" not in page.content.decode()

    def test_the_pages_of_the_desk(self, client: Client) -> None:
        company = hosted_company()
        site = company.residencies.get().site
        host = owner_of(company).person
        client.force_login(staff("reception", site))
        address = f"{reverse('visit_new')}?site={site.code}&company={company.pk}"
        data = {
            "host": host.pk, "name": "Idris", "organisation": "", "email": "idris@visitor.example",
            "others": "Nora, nora@visitor.example\nOmar", "site": site.pk, "day": "05/01/2027", "clock": "10:00",
            "resource": "", "note": "", "language": "fr",
        }  # fmt: skip
        broken = client.post(address, {**data, "others": "nora@visitor.example"})
        assert broken.status_code == 422 and b"Idris" in broken.content
        assert client.post(address, data).status_code == 302
        assert Visit.objects.filter(company=company, host=host).count() == 3
        page = client.get(reverse("reception"), {"site": site.code, "day": "05/01/2027"})
        assert page.status_code == 200 and b"Nora" in page.content
        one = Visit.objects.get(name="Idris")
        client.post(reverse("visit_step", args=[one.pk, "arrival"]))
        assert Visit.objects.get(pk=one.pk).state == State.HERE
        walk = f"{reverse('visit_walk_in')}?site={site.code}&company={company.pk}"
        client.post(walk, {"host": host.pk, "name": "Lina", "organisation": "", "note": ""})
        assert Visit.objects.get(name="Lina").state == State.HERE
        sheet = client.get(
            reverse("reception_export", args=["csv"]), {"site": site.code, "day": "05/01/2027"}
        )
        assert "Lina" in b"".join(sheet).decode()
        stranger = PersonFactory()
        assert (
            client.post(walk, {"host": stranger.pk, "name": "X", "organisation": "", "note": ""}).status_code
            == 422
        )


@pytest.mark.django_db
@pytest.mark.usefixtures("at_nine")
def test_a_member_announces_changes_and_takes_back(client: Client) -> None:
    company = hosted_company()
    site = company.residencies.get().site
    client.force_login(owner_of(company))
    data = {
        "name": "Idris", "organisation": "", "email": "", "others": "", "site": site.pk, "day": "05/01/2027",
        "clock": "10:00", "resource": "", "note": "", "language": "fr",
    }  # fmt: skip
    assert client.post(reverse("member_visitors_new"), {**data, "day": "04/01/2027"}).status_code == 422
    assert client.post(reverse("member_visitors_new"), data).status_code == 302
    visit = Visit.objects.get()
    change_to = {"day": "06/01/2027", "clock": "11:00", "resource": "", "note": "", "sequence": 0}
    address = reverse("member_visitor_change", args=[visit.pk])
    assert client.post(address, change_to).status_code == 302
    stale = client.post(address, {**change_to, "clock": "12:00"})
    assert stale.status_code == 422 and b'name="sequence" value="1"' in stale.content
    client.post(reverse("member_visitor_step", args=[visit.pk, "cancellation"]))
    assert Visit.objects.get().state == State.CANCELLED
    client.post(reverse("member_visitor_step", args=[visit.pk, "return"]))
    assert Visit.objects.get().state == State.EXPECTED
    client.force_login(owner_of(hosted_company()))
    assert client.get(reverse("member_visitor", args=[visit.pk])).status_code == 404
    assert client.post(reverse("member_visitor_step", args=[visit.pk, "arrival"])).status_code == 404


@pytest.mark.django_db
def test_after_a_month_nothing_is_known_of_them() -> None:
    with time_machine.travel(NINE, tick=False):
        visit, later = announced(), expected(day=DAY + timedelta(days=40))
        arrive(visit, by=PersonFactory())
    rule = RULES["reception.visits"]
    before = datetime(2027, 1, 20, tzinfo=UTC)
    assert (rule.months, rule.count(before), rule.remove(before)) == (1, 1, 1)
    assert list(Visit.objects.all()) == [later]
    assert Letter.objects.count() == 1
    forgotten = Message.objects.exclude(pk__in=Letter.objects.values("message"))
    assert forgotten.count() == 2
    for message in forgotten:
        assert not any(
            "Idris" in text or "idris" in text for text in (message.to, message.text, message.subject)
        )
        assert (message.calendar, message.code) == ("", "")


@pytest.mark.django_db
@pytest.mark.usefixtures("at_nine")
def test_a_host_and_a_visitor_are_told_and_forgotten() -> None:
    host = PersonFactory(name="Salma Alami")
    visit = announced(host=host, note="Salma Alami le cherche")
    guest = PersonEmailFactory(address="idris@visitor.example").person
    keeper = KEEPERS["reception"]
    assert keeper.collect(host)["visitors_expected"][0]["name"] == "Idris Tazi"
    assert keeper.collect(guest)["visits"][0]["email"] == "idris@visitor.example"
    keeper.erase(host)
    visit.refresh_from_db()
    assert visit.note == ""
    keeper.erase(guest)
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("Idris Tazi", Guest("Idris Tazi")),
        ("Idris Tazi, idris@visitor.example", Guest("Idris Tazi", "idris@visitor.example")),
        ("Idris Tazi; Atlas; idris@visitor.example", Guest("Idris Tazi", "idris@visitor.example", "Atlas")),
        ("Idris Tazi <idris@visitor.example>", Guest("Idris Tazi", "idris@visitor.example")),
        ("idris@visitor.example", None),
        ("A, B, C", None),
        ("A, b@", None),
    ],
)
def test_a_line_for_each_visitor(line: str, guest: Guest | None) -> None:
    field = GuestsField()
    if guest is None:
        with pytest.raises(ValidationError):
            field.clean(line)
    else:
        assert field.clean(f"\n{line}\n") == [guest]


@pytest.mark.django_db
@pytest.mark.usefixtures("at_nine")
@pytest.mark.parametrize(
    "broken",
    [
        {"name": ""},
        {"has_declined": True},
        {"left_at": NINE},
        {"arrived_at": NINE, "cancelled_at": NINE},
        {"language": "xx"},
    ],
)
def test_the_database_forbids_what_cannot_be(broken: dict[str, Any]) -> None:
    visit = announced()
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**broken)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_desk_tell_the_host_once() -> None:
    with time_machine.travel(NINE, tick=False):
        visit, by = announced(), PersonFactory()
        together(*[lambda: arrive(visit, by=by)] * 4)
    assert letters("arrived").count() == 1
    assert Entry.objects.filter(verb="reception.arrived").count() == 1


@pytest.mark.django_db(transaction=True)
def test_arriving_and_declining_at_once_leaves_one_of_them() -> None:
    with time_machine.travel(NINE, tick=False):
        for _round in range(5):
            visit, by = announced(), PersonFactory()

            ends = together(partial(arrive, visit, by=by), partial(decline, visit))
            assert sum(isinstance(end, Meanwhile) for end in ends) == 1
            visit.refresh_from_db()
            assert visit.state in (State.HERE, State.CANCELLED)
