"""Sites, their life, and the settings of the network."""

from datetime import date

import pytest
from django.urls import reverse

from fondouk.search.queries import actions, search
from fondouk.sites.models import Feast, Network, Operator, Site
from fondouk.sites.queries import holidays
from tests.factories import (
    OperatorFactory,
    PersonFactory,
    SiteFactory,
    SitePhaseFactory,
    hosted_company,
    ice,
    staff,
)
from tests.visiting import undo_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    account = staff("administrator")
    client.force_login(account)
    return account


SITE = {"name": "Technopark Fès", "city": "Fès", "phase": "planned", "area": "1 200,50"}


def test_site_is_added_with_its_first_phase(client, admin):
    answer = client.post(reverse("site_new"), {**SITE, "starts_on": "1/3/2027"})
    site = Site.objects.get()
    assert answer.url == reverse("site", args=["fes"])
    assert (site.code, str(site.area)) == ("fes", "1200.50")
    assert (site.phases.get().phase, site.phases.get().starts_on) == ("planned", date(2027, 3, 1))


def test_second_site_in_a_city_gets_a_code_of_its_own(client, admin):
    for name in ("Fès 1", "Fès 2"):
        client.post(reverse("site_new"), {**SITE, "name": name})
    assert list(Site.objects.values_list("code", flat=True)) == ["fes", "fes-2"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"area": "-3"}, ["area"]),
        ({"area": "0"}, ["area"]),
        ({"area": "12345678901"}, ["area"]),
        ({"phase": "ruin"}, ["phase"]),
        ({"starts_on": "31/2/2027"}, ["starts_on"]),
    ],
)
def test_site_that_cannot_be_is_refused(client, admin, changes, wrong):
    page = client.post(reverse("site_new"), {**SITE, **changes})
    assert list(page.context["form"].errors) == wrong
    assert not Site.objects.exists()


def test_name_taken_is_said_accents_aside(client, admin):
    SiteFactory(name="TECHNOPARK FES")
    other = SiteFactory(name="Parc", city="Rabat")
    page = client.post(reverse("site_new"), SITE)
    assert page.context["form"].non_field_errors()
    page = client.post(reverse("site_edit", args=[other.code]), {"name": "Technopark Fès", "city": "Rabat"})
    assert page.context["form"].non_field_errors()
    assert page.context["site"].name == "Parc"


def test_editing_notes_only_what_changed(client, admin):
    site = SiteFactory(name="Parc", city="Rabat")
    values = {"name": "Parc", "city": "Rabat", "address": "1, rue de la Gare"}
    client.post(reverse("site_edit", args=[site.code]), values)
    site.refresh_from_db()
    assert site.address == "1, rue de la Gare"


def test_entering_a_phase(client, admin):
    site = SiteFactory(phase="planned")
    client.post(reverse("site_phases", args=[site.code]), {"phase": "open", "starts_on": "01/12/2026"})
    assert [phase.phase for phase in site.phases.all()] == ["planned", "open"]
    page = client.post(reverse("site_phases", args=[site.code]), {"phase": "open", "starts_on": "soon"})
    assert list(page.context["phase_form"].errors) == ["starts_on"]


@pytest.mark.parametrize(
    ("noted", "phase", "day"),
    [
        ([("open", 2001)], "closed", "01/01/1990"),
        ([("planned", 2001)], "closed", "01/01/2002"),
        ([("open", 2001)], "open", "01/01/2002"),
        ([("open", 2001)], "planned", "01/01/2002"),
    ],
)
def test_a_life_that_cannot_be_is_refused(client, admin, noted, phase, day):
    site = SiteFactory(phase="")
    for before, year in noted:
        SitePhaseFactory(site=site, phase=before, starts_on=date(year, 6, 1))
    page = client.post(reverse("site_phases", args=[site.code]), {"phase": phase, "starts_on": day})
    assert list(page.context["phase_form"].errors) == ["phase"]
    assert site.phases.count() == 1


def test_a_site_that_hosts_closes_only_once_that_was_read(client, admin):
    site = SiteFactory()
    hosted_company(site)
    wanted = {"phase": "closed", "starts_on": "01/12/2026"}
    page = client.post(reverse("site_phases", args=[site.code]), wanted)
    assert "1 entreprise y serait encore hébergée ce jour-là." in page.content.decode()
    assert site.phases.count() == 1
    assert "anyway" in page.content.decode()
    client.post(reverse("site_phases", args=[site.code]), {**wanted, "anyway": "on"})
    assert [phase.phase for phase in site.phases.all()] == ["open", "closed"]


def test_a_phase_noted_by_mistake_is_removed_and_the_removal_undone(client, admin):
    site = SiteFactory(phase="planned")
    client.post(reverse("site_phases", args=[site.code]), {"phase": "open", "starts_on": "01/12/2026"})
    wrong = site.phases.get(phase="open")
    answer = client.post(reverse("site_phase_removal", args=[site.code, wrong.pk]))
    assert [phase.phase for phase in site.phases.all()] == ["planned"]
    undo = undo_of(answer)
    client.post(undo)
    assert [(phase.phase, phase.starts_on) for phase in site.phases.all()][1:] == [
        ("open", date(2026, 12, 1))
    ]
    client.post(reverse("site_phase_removal", args=[site.code, site.phases.get(phase="open").pk]))
    client.post(reverse("site_phase_removal", args=[site.code, site.phases.get().pk]))
    assert site.phases.count() == 1  # a site is always in some phase


def test_managers_change_their_own_site_alone(client):
    here, elsewhere = SiteFactory(), SiteFactory()
    client.force_login(staff("site_manager", here))
    assert client.get(reverse("site_edit", args=[here.code])).status_code == 200
    assert client.get(reverse("site_edit", args=[elsewhere.code])).status_code == 404
    assert client.get(reverse("site_new")).status_code == 404


def test_reception_sees_its_site_and_why_it_changes_nothing(client):
    site = SiteFactory()
    client.force_login(staff("reception", site))
    assert "fk-denied-reason" in client.get(reverse("site", args=[site.code])).content.decode()
    assert client.get(reverse("site_hours", args=[site.code])).status_code == 404


def test_network_is_named(client, admin):
    client.post(
        reverse("network"),
        {"name": "Réseau", "contact_email": "bonjour@example.ma", "contact_phone": "0522501234"},
    )
    network = Network.current()
    assert (network.name, network.contact_phone) == ("Réseau", "+212 5 22 50 12 34")


def test_holiday_is_confirmed_moved_and_taken_back(client, admin):
    before = next(day for day in holidays(2027, "fr") if day.code == "eid_al_adha")
    address = reverse("holiday", args=[2027, "eid_al_adha"])
    answer = client.post(address, {"on": "18/5/2027", "state": "confirmed"})
    feast = Feast.objects.get(year=2027, code="eid_al_adha")
    assert (feast.on, feast.state) == (date(2027, 5, 18), "confirmed")
    client.post(undo_of(answer))
    feast.refresh_from_db()
    assert (feast.on, feast.state) == (before.on, "provisional")
    assert client.post(reverse("holiday", args=[2027, "no_such_day"]), {}).status_code == 404


@pytest.mark.parametrize("year", ["1", "99999", "soon", "²", ""])
def test_any_year_in_the_address_is_survived(client, admin, year):
    assert client.get(reverse("holidays"), {"year": year}).status_code == 200


def test_operator_with_a_broken_ice_is_refused(client, admin):
    good = ice(1524545000073)
    values = {
        "name": "Société de gestion",
        "invoice_prefix": "SG",
        "ice": good[:-1] + str((int(good[-1]) + 1) % 10),
    }
    page = client.post(reverse("operator_new"), values)
    assert list(page.context["form"].errors) == ["ice"]
    client.post(reverse("operator_new"), {**values, "ice": good})
    assert Operator.objects.get().ice == good


def test_operator_of_a_site(client, admin):
    site, operator = SiteFactory(), OperatorFactory()
    client.post(reverse("site_operator", args=[site.code]), {"operator": operator.pk, "since": "1/1/2026"})
    assert site.operatorships.get().operator == operator


def test_settings_show_what_is_out_of_reach_with_the_reason(client):
    client.force_login(staff("reception"))
    page = client.get(reverse("settings")).content.decode()
    assert "fk-denied-reason" in page
    assert client.get(reverse("network")).status_code == 404
    assert client.get(reverse("operators")).status_code == 404


def test_search_finds_people_and_sites_within_reach():
    here, elsewhere = (
        SiteFactory(name="Parc de Rabat", city="Rabat"),
        SiteFactory(name="Parc de Fès", city="Fès"),
    )
    PersonFactory(name="Zoé Quézac")
    account = staff("reception", here)
    assert [hit.title for _source, hits in search(account, "quezac") for hit in hits] == ["Zoé Quézac"]
    assert [hit.title for _source, hits in search(account, "parc") for hit in hits] == ["Parc de Rabat"]
    assert [hit.title for _source, hits in search(staff("direction"), "fes") for hit in hits] == [
        elsewhere.name
    ]


def test_actions_are_offered_to_those_who_may():
    may = {hit.url for hit in actions(staff("administrator"), "")}
    may_not = {hit.url for hit in actions(staff("finance"), "")}
    assert {reverse("person_new"), reverse("site_new")} <= may
    assert not {reverse("person_new"), reverse("site_new")} & may_not
