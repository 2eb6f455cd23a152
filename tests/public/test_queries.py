"""What the public is told is computed from the records, or left out."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fondouk.impact.actions import publish_edition
from fondouk.public import queries
from fondouk.sites.models import OverrideHours
from tests.factories import (
    CompanyFactory,
    ContractFactory,
    ContractLineFactory,
    FigureFactory,
    HoursOverrideFactory,
    OpeningHoursFactory,
    PartFactory,
    ResidencyFactory,
    ResourceFactory,
    SectorAssignmentFactory,
    SectorFactory,
    SiteFactory,
    SitePhaseFactory,
    hosted_company,
    since,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> date:
    return timezone.localdate()


@pytest.fixture(autouse=True)
def nothing_kept(settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def test_of_an_empty_network_nothing_is_known(day):
    assert not queries.network_figures(day)
    assert queries.network_figures(day) == queries.NetworkFigures(None, None, None, None, None)
    assert queries.site_cards(day) == []
    assert queries.sector_counts(day) == []


def test_a_company_on_two_sites_counts_once_and_one_that_left_does_not(day):
    here = hosted_company()
    ResidencyFactory(company=here)
    ResidencyFactory(period=since(800, last=day - timedelta(days=1)))
    CompanyFactory()
    assert queries.network_figures(day).hosted == 1


def test_people_are_those_of_the_published_year_whoever_says_something_meanwhile(day):
    year = day.year - 1
    for _number in range(5):
        FigureFactory(company=hosted_company(), year=year, value=7)
    assert queries.network_figures(day).people is None
    publish_edition(year, by=None)
    FigureFactory(company=hosted_company(), year=year, value=57)
    figures = queries.network_figures(day)
    assert (figures.people, figures.year, figures.hosted) == (35, year, 6)


def test_people_are_not_zero_when_nobody_has_said(day):
    hosted_company()
    assert queries.network_figures(day).people is None


def test_the_network_is_as_old_as_its_first_opening(day):
    site = SiteFactory(phase="")
    SitePhaseFactory(site=site, phase="planned", starts_on=date(1999, 1, 1))
    SitePhaseFactory(site=site, phase="open", starts_on=date(2001, 10, 1))
    SiteFactory(phase="planned")
    figures = queries.network_figures(day)
    assert (figures.since, figures.open_sites) == (2001, 1)


def test_a_site_is_as_full_as_its_offices(day):
    site = SiteFactory()
    offices = [ResourceFactory(site=site) for _ in range(4)]
    ResourceFactory(site=site, withdrawn_on=day)
    ResourceFactory(site=site, kind="meeting_room")
    ContractLineFactory(contract=ContractFactory(site=site), resource=offices[0])
    over = ContractFactory(site=site, ends_on=day - timedelta(days=1))
    ContractLineFactory(contract=over, resource=offices[1])
    card = queries.site_card(site.code, day)
    assert card is not None
    assert (card.offices.offices, card.offices.offices_held, card.offices.free, card.occupied) == (
        4,
        1,
        3,
        Decimal("0.25"),
    )


def test_open_sites_come_first_and_closed_ones_not_at_all(day):
    planned, opened = SiteFactory(phase="planned"), SiteFactory()
    SitePhaseFactory(site=planned, phase="open", starts_on=date(day.year + 1, 1, 1))
    SiteFactory(phase="closed")
    cards = queries.site_cards(day)
    assert [card.site for card in cards] == [opened, planned]
    assert cards[1].expected == date(day.year + 1, 1, 1)


def test_a_sector_counts_the_companies_of_its_parts(day):
    ict = SectorFactory(code="ict")
    part = SectorFactory(code="cybersecurity", parent=ict)
    SectorAssignmentFactory(company=hosted_company(), sector=ict)
    SectorAssignmentFactory(company=hosted_company(), sector=part)
    SectorAssignmentFactory(company=CompanyFactory(), sector=ict)
    rows = queries.sector_counts(day)
    assert [(row.sector, row.companies, row.parts) for row in rows] == [(ict, 2, (part,))]


def test_only_hosted_companies_that_agreed_are_shown(day):
    shown = hosted_company(is_public=True)
    hosted_company()
    CompanyFactory(is_public=True)
    assert list(queries.public_companies(day)) == [shown]


def test_a_room_that_joins_two_is_not_counted_again():
    site = SiteFactory()
    parts = [PartFactory(site=site, area=Decimal(20)) for _ in range(2)]
    for part in parts:
        ResourceFactory(site=site, kind="meeting_room", capacity=10, parts=[part])
    ResourceFactory(site=site, kind="meeting_room", capacity=20, parts=parts)
    (row,) = queries.space_counts(site)
    assert (row.kind, row.spaces, row.places, row.area) == ("meeting_room", 2, 20, Decimal(40))


def test_places_are_left_out_where_one_space_does_not_tell():
    site = SiteFactory()
    ResourceFactory(site=site, capacity=4)
    ResourceFactory(site=site, capacity=None)
    assert queries.space_counts(site)[0].places is None


def test_an_override_takes_the_place_of_the_usual_hours(day):
    site, unknown = SiteFactory(), SiteFactory()
    OpeningHoursFactory(site=site, weekday=day.isoweekday())
    assert queries.hours_today([site, unknown], day) == [(site, (time(8, 30), time(18, 30)))]
    override = HoursOverrideFactory(site=site)
    assert queries.hours_today([site], day) == [(site, None)]
    OverrideHours.objects.create(override=override, weekday=day.isoweekday(), opens=time(9), closes=time(15))
    assert queries.hours_today([site], day) == [(site, (time(9), time(15)))]
    assert [week.label for week in queries.other_weeks(site, day)] == ["Ramadan"]


def test_the_directory_is_in_the_order_of_the_names_that_one_reads_and_found_by_either(client):
    site = SiteFactory(code="tanger")
    for name, arabic in (("Argane", ""), ("Zellige", "الزليج"), ("Tifawt", "تيفاوت")):
        hosted_company(site, name=name, name_ar=arabic, is_public=True)

    def names(address):
        return [row.company.name for row in client.get(address).context["rows"]]

    assert names("/fr/directory/") == ["Argane", "Tifawt", "Zellige"]
    assert names("/ar/directory/") == ["Zellige", "Tifawt", "Argane"]
    assert names("/ar/directory/?q=الزليج") == names("/ar/directory/?q=zell") == ["Zellige"]
