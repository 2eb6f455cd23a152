"""The journal: sentences, filters, who may read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from fondouk.audit.actions import record, record_many
from fondouk.audit.links import address_of, names_of
from fondouk.audit.models import Entry
from fondouk.audit.models.entry import reference
from fondouk.audit.queries import journal, kinds, lines, timeline
from tests.factories import CompanyFactory, PersonFactory, SiteFactory, staff

pytestmark = pytest.mark.django_db


def test_sentence_names_the_person_as_they_are_called_now():
    person = PersonFactory(name="Old")
    record("people.person_created", person, by=None, person={"person": person.pk})
    person.name = "New"
    person.save()
    with translation.override("en"):
        assert timeline(person)[0].sentence == "New added"


def test_unknown_verbs_and_missing_facts_still_read():
    person = PersonFactory()
    record("gone.verb", person, by=None)
    record("people.person_created", person, by=None)
    with translation.override("en"):
        assert [line.sentence for line in timeline(person)] == ["%(person)s added", "gone.verb"]


def test_what_one_save_changed_is_one_line():
    company, by = CompanyFactory(), PersonFactory()
    moment = datetime(2025, 3, 1, 9, tzinfo=UTC)

    def changed(field, at, by=by):
        Entry.objects.create(
            verb="companies.company_changed",
            at=at,
            actor=by,
            subjects=[reference(company)],
            facts={"fields": [field]},
        )

    changed("stage", moment - timedelta(days=1))
    for second, field in enumerate(("activity", "sector", "stage", "sector")):
        changed(field, moment + timedelta(seconds=second))
    changed("kinds", moment + timedelta(seconds=4), by=PersonFactory())
    with translation.override("en"):
        told = [line.sentence for line in timeline(company)]
    assert told == [
        "Company changed: kind",
        "Company changed: activity, sector, stage",
        "Company changed: stage",
    ]
    assert Entry.objects.count() == 6


def test_entries_cannot_be_changed_or_deleted():
    entry = record("x.y", PersonFactory(), by=None)
    for attempt in (lambda: Entry.objects.update(verb="z"), lambda: entry.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Entry.objects.get().verb == "x.y"


def test_reading_takes_the_same_queries_whatever_their_number(django_assert_num_queries):
    people = [PersonFactory() for _ in range(30)]
    record_many([("people.invited", (one,), {"person": {"person": one.pk}}) for one in people], by=people[0])
    with django_assert_num_queries(2):
        assert len(lines(Entry.objects.all())) == 30


def test_filters_by_person_verb_and_app():
    one, other = PersonFactory(), PersonFactory()
    record("sites.site_created", by=one)
    record("sites.site_changed", by=other)
    record("people.invited", by=one)
    assert journal(actor=one).count() == 2
    assert journal(verb="sites").count() == 2
    assert journal(verb="sites.site_changed").count() == 1
    assert [code for code, _label in kinds()].count("people.invited") == 1


def test_days_are_those_of_the_clock_on_the_wall(monkeypatch):
    # 14 September 2026 ends at 23:00 UTC: the clock showed UTC+1 until the 20th.
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 9, 14, 23, 30, tzinfo=UTC))
    record("x.y", by=None)
    assert journal(first=datetime(2026, 9, 15, tzinfo=UTC).date()).count() == 1
    assert journal(last=datetime(2026, 9, 14, tzinfo=UTC).date()).count() == 0


def test_records_lead_to_their_pages():
    site, person = SiteFactory(), PersonFactory()
    assert address_of(f"sites.site:{site.pk}") == reverse("site", args=[site.code])
    assert address_of(f"people.person:{person.pk}") == reverse("person", args=[person.pk])
    assert address_of("nothing.here:1") == ""
    assert address_of("people.account:1") == ""
    site_key, gone = f"sites.site:{site.pk}", "people.person:999999"
    names = names_of([site_key, gone, "nothing.here:1", "people.person:x"])
    assert names[site_key] == str(site) and names[gone].endswith("999999")
    assert names["nothing.here:1"] == "nothing.here:1"


def test_page_survives_any_filter(client):
    client.force_login(staff("administrator"))
    record("sites.site_created", SiteFactory(), by=None)
    for query in (
        "",
        "?person=x&verb=nope&first=soon&last=31/2/2026",
        "?page=99",
        "?first=1/1/2020&last=1/1/2100",
    ):
        assert client.get(reverse("audit_log") + query).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("direction", 200), ("reception", 404)])
def test_who_may_read_it(client, role, status):
    client.force_login(staff(role))
    assert client.get(reverse("audit_log")).status_code == status
