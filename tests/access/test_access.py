"""Networks of companies, Wi-Fi passwords, badges; what is told, forgotten, and shown to whom."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fondouk.access.actions import (
    close_silent,
    count,
    end_service,
    give_wifi,
    issue,
    knock,
    resume,
    revoke_server,
    revoke_wifi,
    save_service,
    step,
    suspend,
)
from fondouk.access.actions.issuing import Meanwhile
from fondouk.access.enums import Refusal, State
from fondouk.access.models import (
    Credential,
    FixedAddress,
    InternetService,
    Passage,
    WifiAccount,
    WifiSession,
    WifiTotal,
)
from fondouk.access.queries import admission
from fondouk.people.privacy import KEEPERS
from fondouk.people.retention import RULES
from tests.factories import (
    CompanyFactory,
    GrantFactory,
    PersonFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    since,
    staff,
)
from tests.factories.access import badge, door, server, service
from tests.threads import errors, together

MORNING = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)  # a Tuesday; the clock of the site says the same


@pytest.mark.django_db
class TestServices:
    def test_a_network_and_an_address_are_one_companys_at_a_time(self) -> None:
        first, second = hosted_company(), hosted_company()
        one = service(first, "196.12.0.4", "2001:db8::4")
        other = {"site": one.site, "network": 100}
        with pytest.raises(ValidationError) as taken, transaction.atomic():
            service(second, **other)
        assert list(taken.value.message_dict) == ["network"]
        with pytest.raises(ValidationError) as taken, transaction.atomic():
            service(second, "196.12.0.4", site=one.site, network=101)
        assert list(taken.value.message_dict) == ["addresses"] and "196.12.0.4" in str(taken.value)
        assert InternetService.objects.count() == 1
        end_service(one, timezone.localdate(), by=PersonFactory())
        later = DateRange(timezone.localdate() + timedelta(days=1), None)
        again = service(second, "196.12.0.4", period=later, **{**other, "network": 101})
        assert again.addresses.get().period == later
        # The first cannot be made longer again: its address is another company's by then.
        with pytest.raises(ValidationError) as taken, transaction.atomic():
            end_service(one, timezone.localdate() + timedelta(days=9), by=PersonFactory())
        assert list(taken.value.message_dict) == ["addresses"]
        one.refresh_from_db()
        assert one.period.upper == later.lower

    def test_changing_it_takes_no_suspension_back(self) -> None:
        one = service(hosted_company())
        stale = InternetService.objects.get(pk=one.pk)
        suspend(one, "Par décision", by=PersonFactory())
        stale.note = "Baie 3"
        save_service(stale, [], by=PersonFactory())
        one.refresh_from_db()
        assert (one.note, one.suspended_because) == ("Baie 3", "Par décision")

    @pytest.mark.parametrize(
        ("broken", "field"),
        [
            ({"network": 1}, "network"),
            ({"network": 4095}, "network"),
            ({"down": 0}, "down"),
            ({"up": 100_001}, "down"),
        ],
    )
    def test_what_no_network_is(self, broken: dict[str, Any], field: str) -> None:
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            service(hosted_company(), **broken)
        assert list(refused.value.message_dict) == [field]

    def test_the_database_forbids_two_in_one_network(self) -> None:
        one = service(hosted_company(), "10.0.0.9")
        with pytest.raises(IntegrityError), transaction.atomic():
            InternetService.objects.create(
                company=hosted_company(), site=one.site, network=one.network, period=since()
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            FixedAddress.objects.create(service=one, address="10.0.0.9", period=one.period)
        with pytest.raises(IntegrityError), transaction.atomic():
            InternetService.objects.update(suspended_at=timezone.now())


@pytest.mark.django_db
class TestWifi:
    def test_into_the_network_of_ones_company_and_out_at_once(self) -> None:
        company = hosted_company()
        owner = owner_of(company).person
        one = service(company, network=112)
        machine, _secret = server(one.site)
        account, password = give_wifi(owner, company, by=owner)
        assert len(password) == 19 and password not in str(account.__dict__)

        def said(typed: str = password, at: Any = machine) -> Any:
            found = admission(at, account.username.upper(), typed)
            return found.network or found.refusal

        assert said() == 112
        assert said("wrong") == Refusal.WRONG
        assert admission(machine, "nobody", password).refusal == Refusal.UNKNOWN
        elsewhere, _other = server(SiteFactory())
        assert said(at=elsewhere) == Refusal.NOT_HOSTED
        suspend(one, "Trois factures en retard", by=owner)
        assert said() == Refusal.SUSPENDED
        resume(one, by=owner)
        assert said() == 112
        revoke_wifi(account, by=owner)
        assert said() == Refusal.REVOKED
        _same, newer = give_wifi(owner, company, by=owner)
        assert (said(), said(newer)) == (Refusal.WRONG, 112)
        owner.memberships.update(period=DateRange(None, timezone.localdate()))
        assert said(newer) == Refusal.REVOKED

    def test_no_service_no_network(self) -> None:
        company = hosted_company()
        owner = owner_of(company).person
        machine, _secret = server(company.residencies.get().site)
        account, password = give_wifi(owner, company, by=owner)
        assert admission(machine, account.username, password).refusal == Refusal.NO_SERVICE

    def test_totals_and_nothing_else(self) -> None:
        company = hosted_company()
        owner = owner_of(company).person
        machine, _secret = server(company.residencies.get().site)
        account, _password = give_wifi(owner, company, by=owner)

        def told(session: str, received: int, sent: int, day: int = 5) -> bool:
            now = datetime(2027, 1, day, 12, tzinfo=UTC)
            return count(machine, account.username, session, received=received, sent=sent, now=now)

        assert told("a", 0, 0) and told("a", 1000, 10) and told("a", 1000, 10)  # an answer was lost
        assert told("a", 400, 4) and told("b", 5, 5)  # an older count comes late
        assert told("a", 5 << 32, 20, day=6)
        assert not count(machine, "nobody", "c", received=1, sent=1)
        totals = {one.day.day: (one.received, one.sent, one.sessions) for one in WifiTotal.objects.all()}
        assert totals == {5: (1005, 15, 2), 6: ((5 << 32) - 1000, 10, 0)}
        assert WifiSession.objects.count() == 2
        assert close_silent(now=datetime(2027, 1, 6, 13, tzinfo=UTC)) == 1
        assert close_silent(now=datetime(2027, 1, 8, tzinfo=UTC)) == 1

    def test_the_server_says_who_it_is(self, client: Client) -> None:
        company = hosted_company()
        owner = owner_of(company).person
        service(company, network=112)
        machine, secret = server(company.residencies.get().site)
        account, password = give_wifi(owner, company, by=owner)
        body = {
            "User-Name": {"type": "string", "value": [account.username]},
            "User-Password": {"type": "string", "value": [password]},
        }

        def ask(key: str, sent: Any, name: str = "radius_authorize") -> Any:
            basic = base64.b64encode(f"radius:{key}".encode()).decode()
            return client.post(
                reverse(name),
                sent,
                content_type="application/json",
                headers={"Authorization": f"Basic {basic}"},
            )

        answer = ask(secret, json.dumps(body))
        assert answer.status_code == 200
        assert answer.json()["reply:Tunnel-Private-Group-Id"] == "112"
        assert ask("other", json.dumps(body)).status_code == 401
        for broken in (
            "",
            "[]",
            "{",
            '"x"',
            '{"User-Name": {"value": []}}',
            "[" * 10_000,
            '{"User-Name": "\\u0000"}',
        ):
            assert ask(secret, broken).status_code == 401
        assert (
            client.post(reverse("radius_authorize"), headers={"Authorization": "Basic ééé"}).status_code
            == 401
        )
        told = {"Acct-Status-Type": "Stop", "User-Name": account.username, "Acct-Session-Id": "7",
                "Acct-Input-Octets": 10, "Acct-Output-Octets": 20, "Acct-Output-Gigawords": 1}  # fmt: skip
        assert ask(secret, json.dumps(told), "radius_accounting").status_code == 204
        total = WifiTotal.objects.get()
        assert (total.sent, total.received) == (10, (1 << 32) + 20)
        on = {"Acct-Status-Type": 7}
        assert ask(secret, json.dumps(on), "radius_accounting").status_code == 204
        assert not WifiSession.objects.exists()
        revoke_server(machine, by=owner)
        assert ask(secret, json.dumps(body)).status_code == 401

    def test_a_member_makes_and_revokes_their_own(self, client: Client) -> None:
        company = hosted_company()
        client.force_login(owner_of(company))
        assert client.post(reverse("member_wifi_password")).status_code == 404
        service(company)
        page = client.post(reverse("member_wifi_password"))
        account = WifiAccount.objects.get()
        assert account.username.encode() in page.content and "no-store" in page["Cache-Control"]
        assert client.get(reverse("member_internet")).status_code == 200
        client.post(reverse("member_wifi_revocation", args=[account.pk]))
        account.refresh_from_db()
        assert account.revoked_at
        other, _password = give_wifi(owner_of(hosted_company()).person, company, by=None)
        client.force_login(owner_of(hosted_company()))
        assert client.post(reverse("member_wifi_revocation", args=[other.pk])).status_code == 404


@pytest.mark.django_db
class TestBadges:
    def test_in_one_hand_at_a_time(self) -> None:
        company, by = hosted_company(), PersonFactory()
        first = badge(company=company)
        with pytest.raises(ValidationError) as taken, transaction.atomic():
            badge(company=company)
        assert list(taken.value.message_dict) == ["number"]
        step(first, State.RETURNED, by=by)
        second = badge(company=company)
        with pytest.raises(ValidationError), transaction.atomic():
            step(first, State.ISSUED, by=by)
        step(second, State.LOST, because="Dans le train", by=by)
        with pytest.raises(Meanwhile):
            step(second, State.SUSPENDED, by=by)
        second.refresh_from_db()
        assert (second.state, second.because) == (State.LOST, "Dans le train") and second.ended_at

    @pytest.mark.parametrize(
        ("broken", "field"), [({"number": " "}, "number"), ({"company": None, "person": None}, "person")]
    )
    def test_of_somebody_and_with_a_number(self, broken: dict[str, Any], field: str) -> None:
        said = {"number": "1", "company": hosted_company(), **broken}
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            issue(Credential(site=SiteFactory(), **said), by=PersonFactory())
        assert list(refused.value.message_dict) == [field]

    def test_the_screens(self, client: Client) -> None:
        company = hosted_company()
        site = company.residencies.get().site
        client.force_login(staff("reception", site))
        address = f"{reverse('badge_new')}?company={company.pk}"
        data = {
            "kind": "badge",
            "number": "7",
            "site": site.pk,
            "company": company.pk,
            "person": "",
            "opens": "",
        }
        assert client.post(address, {**data, "number": ""}).status_code == 422
        assert client.post(address, data).status_code == 302
        one = Credential.objects.get()
        assert client.get(reverse("badges"), {"q": "7"}).status_code == 200
        asked = reverse("badge_step", args=[one.pk, "suspended"])
        assert client.get(asked).status_code == 200
        client.post(asked, {"because": "Départ annoncé"})
        one.refresh_from_db()
        assert (one.state, one.because) == (State.SUSPENDED, "Départ annoncé")
        assert "Départ annoncé" in client.get(reverse("badges")).content.decode()
        elsewhere = {**data, "number": "8", "site": SiteFactory().pk}
        assert client.post(address, elsewhere).status_code == 422
        assert client.post(reverse("badge_step", args=[one.pk, "eaten"])).status_code == 404
        assert client.get(reverse("badges_export", args=["csv"])).status_code == 200
        assert client.get(reverse("company", args=[company.pk]) + "spaces/").status_code in (200, 404)
        client.force_login(staff("reception", SiteFactory()))
        assert client.post(reverse("badge_step", args=[one.pk, "lost"])).status_code == 404


@pytest.mark.django_db
def test_whoever_has_another_role_elsewhere_sees_nothing_of_that_site(client: Client) -> None:
    here, there = hosted_company(), hosted_company()
    sites = [one.residencies.get().site for one in (here, there)]
    account = staff("reception", sites[0])
    GrantFactory(person=account.person, role="finance", site=sites[1])
    service(there, network=777)
    badge(company=there, number="777")
    door(site=sites[1], name="Porte 777")
    client.force_login(account)
    for name in ("internet_services", "badges", "doors"):
        assert b"777" not in client.get(reverse(name)).content


@pytest.mark.django_db
def test_the_screens_of_services(client: Client) -> None:
    company = hosted_company()
    site = company.residencies.get().site
    client.force_login(staff("spaces", site))
    data = {"company": company.pk, "site": site.pk, "first_day": "01/01/2026", "last_day": "", "network": "112",
            "down": "200", "up": "50", "addresses": "196.12.0.4\n", "note": ""}  # fmt: skip
    nowhere = CompanyFactory().pk
    for broken in (
        {"network": "1"}, {"addresses": "x"}, {"addresses": "255.255.255.255"}, {"addresses": "::1"},
        {"last_day": "01/01/2025"}, {"first_day": ""}, {"company": nowhere},
    ):  # fmt: skip
        assert client.post(reverse("internet_new"), {**data, **broken}).status_code == 422
    assert not InternetService.objects.exists()
    assert client.post(reverse("internet_new"), data).status_code == 302
    one = InternetService.objects.get()
    address = reverse("internet_suspension", args=[one.pk])
    assert client.post(address, {"because": ""}).status_code == 422
    client.post(address, {"because": "Décision du 3"})
    one.refresh_from_db()
    assert one.suspended_because == "Décision du 3"
    assert b"Suspendu" in client.get(reverse("internetservice", args=[one.pk])).content
    client.post(address + "?end")
    ending = reverse("internet_end", args=[one.pk])
    assert client.post(ending, {"last_day": "01/01/2020"}).status_code == 422
    client.post(ending, {"last_day": "31/12/2027"})
    assert client.get(reverse("internet_services"), {"q": "112"}).status_code == 200
    assert client.get(reverse("internet_export", args=["csv"])).status_code == 200
    shown = client.post(reverse("radius_server_new"), {"site": site.pk, "label": "A"})
    assert shown.status_code == 200 and b"mods-available" in shown.content
    revoked = reverse("radius_server_revocation", args=[site.radius_servers.get().pk])
    client.post(revoked)
    assert client.post(revoked).status_code == 404


@pytest.mark.django_db
def test_a_person_is_told_and_forgotten_and_passages_go_after_three_months() -> None:
    company = hosted_company()
    person = owner_of(company).person
    gate, _secret = door(site=company.residencies.get().site)
    give_wifi(person, company, by=person)
    own, shared = (
        badge(company=company, person=person),
        badge(site=gate.site, person=person, number="2", company=None),
    )
    knock(gate, "0042")
    told = KEEPERS["access"].collect(person)
    assert [len(told[name]) for name in ("wifi", "badges_and_keys", "doors")] == [1, 2, 1]
    rule = RULES["access.passages"]
    assert (rule.months, rule.count(timezone.now() + timedelta(days=1))) == (3, 1)
    KEEPERS["access"].erase(person)
    own.refresh_from_db()
    shared.refresh_from_db()
    assert (own.person, shared.state) == (None, State.LOST)
    assert not WifiAccount.objects.exists() and not Passage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_network_for_many_who_ask_at_once() -> None:
    site = SiteFactory()
    companies = [hosted_company() for _number in range(6)]
    outcomes = together(*(lambda one=one: service(one, site=site) for one in companies))
    assert [type(error) for error in errors(outcomes)] == [ValidationError] * 5
    person, company = owner_of(companies[0]).person, companies[0]
    made = together(*[lambda: give_wifi(person, company, by=None)] * 5)
    assert errors(made) == [] and WifiAccount.objects.count() == 1
    machine, _secret = server(site)
    name = WifiAccount.objects.get().username
    together(*[lambda: count(machine, name, "s", received=100, sent=1)] * 6)
    total = WifiTotal.objects.get()
    assert (total.received, total.sent, total.sessions) == (100, 1, 1)
