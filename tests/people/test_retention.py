"""What is kept no longer goes by itself, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.imports.models import Book, Import
from fondouk.jobs.models import JobOutcome
from fondouk.mail.models import Message
from fondouk.people.actions import apply_retention, close_account, retention_standing, set_retention
from fondouk.people.models import Person, RetentionPeriod
from fondouk.people.retention import RULES
from tests.factories import (
    AccountFactory,
    BookFactory,
    CompanyFactory,
    GrantFactory,
    ImportFactory,
    InvitationFactory,
    JobFactory,
    MembershipFactory,
    MessageFactory,
    PersonFactory,
    ResidencyFactory,
    StoredFileFactory,
    staff,
)
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 6, 15, 3, 40, tzinfo=UTC)


def due() -> dict[str, int]:
    return {one.rule.code: one.due for one in retention_standing(NOW)}


def known_since(person: Person, moment: datetime) -> Person:
    Person.objects.filter(pk=person.pk).update(created_at=moment)
    return person


@pytest.fixture
def forgotten() -> Person:
    return known_since(PersonFactory(name="Ilham Bennis"), NOW - relativedelta(years=9))


def test_people_and_the_journal_are_kept_until_somebody_decides(forgotten: Person) -> None:
    Entry.objects.create(verb="people.invited", subjects=[])
    assert {code for code, rule in RULES.items() if rule.months is None} == {
        "people.persons",
        "audit.journal",
    }
    assert apply_retention(NOW + timedelta(days=9999)).keys().isdisjoint({"people.persons", "audit.journal"})
    assert Person.objects.get(pk=forgotten.pk).name == "Ilham Bennis"


def test_a_person_whom_nothing_ties_is_erased(forgotten: Person) -> None:
    set_retention({"people.persons": 36}, by=None)
    assert due()["people.persons"] == 1
    assert apply_retention(NOW)["people.persons"] == 1
    forgotten.refresh_from_db()
    assert (forgotten.name, forgotten.erasure.by, forgotten.erasure.reason) == ("—", None, "retention")
    assert apply_retention(NOW)["people.persons"] == 0


def _role(person: Person) -> None:
    GrantFactory(person=person, period=DateRange(date(2022, 1, 1), date(2028, 1, 1)))


def _open_account(person: Person) -> None:
    AccountFactory(person=person)


def _closed_account(person: Person) -> None:
    close_account(AccountFactory(person=person), by=None)


def _team_of_hosted(person: Person) -> None:
    company = CompanyFactory()
    ResidencyFactory(company=company, period=DateRange(date(2020, 1, 1), date(2029, 1, 1)))
    MembershipFactory(person=person, company=company, period=DateRange(date(2020, 1, 1), None))


def _team_of_partner(person: Person) -> None:
    MembershipFactory(person=person, company=CompanyFactory(), period=DateRange(date(2020, 1, 1), None))


@pytest.mark.parametrize("tie", [_role, _open_account, _closed_account, _team_of_hosted, _team_of_partner])
def test_whoever_is_tied_to_the_network_stays(forgotten: Person, tie: Any) -> None:
    tie(forgotten)
    # An account closed today is of today, whenever the test runs.
    now = timezone.now() + timedelta(days=1) if tie is _closed_account else NOW
    known_since(forgotten, now - relativedelta(years=9))
    set_retention({"people.persons": 36}, by=None)
    apply_retention(now)
    assert not Person.objects.get(pk=forgotten.pk).is_erased


def test_the_team_of_a_company_that_left_long_ago_is_not(forgotten: Person) -> None:
    company = CompanyFactory()
    ResidencyFactory(company=company, period=DateRange(date(2020, 1, 1), date(2025, 1, 1)))
    MembershipFactory(person=forgotten, company=company, period=DateRange(date(2020, 1, 1), None))
    set_retention({"people.persons": 36}, by=None)
    apply_retention(NOW)
    assert Person.objects.get(pk=forgotten.pk).is_erased


def test_traces_of_no_lasting_worth_go_after_their_own_period() -> None:
    old, young = NOW - relativedelta(months=25), NOW - relativedelta(days=1)
    kept: dict[Any, list[Any]] = {}
    for moment in (old, young):
        message = MessageFactory()
        Message.objects.filter(pk=message.pk).update(created_at=moment)
        invitation = InvitationFactory(expires_at=moment)
        job = JobFactory(kind="imports.export")
        file = StoredFileFactory()
        JobOutcome.objects.create(job=job, outcome="done", file=file)
        JobOutcome.objects.filter(job=job).update(at=moment)
        book = BookFactory()
        Book.objects.filter(pk=book.pk).update(uploaded_at=moment)
        ImportFactory(book=book)
        reading = JobFactory(kind="imports.read", parameters={"book": book.pk})
        for one in (message, invitation, job, file, book, book.file, reading):
            kept.setdefault(moment, []).append(one)
    expected = {"people.invitations": 1, "mail.messages": 1, "jobs.ended": 1, "imports.books": 1}
    assert {code: count for code, count in due().items() if count} == expected
    assert {code: count for code, count in apply_retention(NOW).items() if count} == expected

    def there(one: Any) -> bool:
        return type(one).objects.filter(pk=one.pk).exists()

    assert [there(one) for one in kept[old]] == [False] * 7
    assert [there(one) for one in kept[young]] == [True] * 7
    assert Import.objects.count() == 2
    told = Entry.objects.filter(verb="people.retention_applied").values_list("facts", flat=True)
    assert sorted((fact["rule"]["rule"], fact["count"]) for fact in told) == sorted(expected.items())


def test_the_journal_and_the_history_of_rows_go_together() -> None:
    person = PersonFactory(name="Before")
    person.name = "After"
    person.save()
    history = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj_id=person.pk)
    Entry.objects.create(verb="people.invited", subjects=[])
    assert history.count() == 2
    set_retention({"audit.journal": 1}, by=None)
    before = Entry.objects.count()
    assert apply_retention(timezone.now() + timedelta(days=60))["audit.journal"] == before
    assert history.count() == 0
    assert [line.verb for line in Entry.objects.all()] == ["people.retention_applied"]


def test_sessions_that_ended_go() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=NOW + timedelta(days=1))
    apply_retention(NOW)
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_an_administrator_decides_and_the_journal_says_so() -> None:
    client = visitor(staff("administrator"))
    page = reverse("retention")
    periods = {code: rule.months or "" for code, rule in RULES.items()}
    assert client.get(page).status_code == 200
    client.post(page, {**periods, "people.persons": "36", "mail.messages": ""})
    assert dict(RetentionPeriod.objects.values_list("rule", "months")) == {
        "people.persons": 36,
        "mail.messages": None,
    }
    assert Entry.objects.filter(verb="people.retention_decided").count() == 2
    journal = client.get(reverse("audit_log")).content.decode()
    assert str(RULES["people.persons"].label) in journal


@pytest.mark.parametrize("typed", ["0", "-3", "abc", "99999", "1.5"])
def test_a_period_is_a_number_of_months(typed: str) -> None:
    answer = visitor(staff("administrator")).post(reverse("retention"), {"mail.messages": typed})
    assert answer.status_code == 422
    assert answer.context["form"]["mail.messages"].errors
    assert not RetentionPeriod.objects.exists()
