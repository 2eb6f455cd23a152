"""When the doors are open: usual hours, Ramadan, feasts, phases, and the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from fondouk.sites.actions import assign_operator, change_hours, move_feast, override_hours, plan_feasts
from fondouk.sites.models import Feast
from fondouk.sites.queries import holidays, hours_on, is_open, week_of
from tests.factories import OperatorFactory, SiteFactory, SitePhaseFactory, staff
from tests.visiting import undo_of

pytestmark = pytest.mark.django_db
WEEK = {day: (time(8, 30), time(18, 30)) for day in range(1, 6)}
MONDAY = date(2026, 11, 23)


@pytest.fixture
def site():
    site = SiteFactory()
    change_hours(site, WEEK, by=None)
    return site


def test_usual_week(site):
    days = week_of(site, [MONDAY + timedelta(days=n) for n in range(7)])
    assert [day.is_open for day in days] == [True] * 5 + [False] * 2
    assert (days[0].opens, days[0].closes, days[0].reason) == (time(8, 30), time(18, 30), "usual")


def test_override_takes_the_place_of_the_week_on_its_days_both_included(site):
    ramadan = {day: (time(9), time(15)) for day in range(1, 6)}
    override_hours(
        site, label="Ramadan", first=MONDAY, last=MONDAY + timedelta(days=1), week=ramadan, by=None
    )
    closes = [hours_on(site, MONDAY + timedelta(days=n)).closes for n in range(-3, 3)]
    assert closes == [time(18, 30), None, None, time(15), time(15), time(18, 30)]
    assert hours_on(site, MONDAY).label == "Ramadan"


def test_override_without_hours_closes(site):
    override_hours(site, label="Works", first=MONDAY, last=MONDAY, week={}, by=None)
    assert not hours_on(site, MONDAY).is_open


def test_feast_closes_whatever_the_hours(site):
    green_march = date(2026, 11, 6)
    override_hours(site, label="Event", first=green_march, last=green_march, week=WEEK, by=None)
    day = hours_on(site, green_march)
    assert (day.is_open, day.reason) == (False, "feast")


def test_moved_feast_closes_its_new_day_and_opens_the_old_one(site):
    plan_feasts(2027)
    eid = Feast.objects.get(year=2027, code="eid_al_fitr_2")
    old = eid.on
    move_feast(eid, on=old + timedelta(days=1), state="confirmed", by=None)
    assert hours_on(site, old + timedelta(days=1)).reason == "feast"
    assert hours_on(site, old).reason == "usual"


def test_holidays_are_known_before_anybody_notes_them_and_in_three_languages():
    assert not Feast.objects.exists()
    french, arabic = holidays(2027, "fr"), holidays(2027, "ar")
    assert [day.code for day in french] == [day.code for day in arabic]
    assert {day.state for day in french if day.code.startswith("eid")} == {"provisional"}
    assert next(day.name for day in french if day.code == "throne_day") == "Fête du Trône"


def test_site_that_is_not_open_is_closed(site):
    SitePhaseFactory(site=site, phase="closed", starts_on=MONDAY)
    assert hours_on(site, MONDAY - timedelta(days=3)).is_open
    assert hours_on(site, MONDAY).reason == "phase"
    planned = SiteFactory(phase="planned")
    change_hours(planned, WEEK, by=None)
    assert not hours_on(planned, MONDAY).is_open


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        # Since 20 September 2026 the clock at Casablanca shows UTC; before, UTC+1.
        (datetime(2026, 11, 23, 8, 29, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 18, 29, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 18, 30, tzinfo=UTC), False),
        (datetime(2026, 9, 14, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 9, 14, 7, 29, tzinfo=UTC), False),
        # In Ramadan 2026 it showed UTC.
        (datetime(2026, 3, 2, 8, 29, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 8, 30, tzinfo=UTC), True),
    ],
)
def test_open_by_the_clock_on_the_wall_at_the_site(site, moment, opened):
    assert is_open(site, moment) is opened


def test_site_abroad_has_its_own_clock(site):
    site.zone = "Europe/Paris"
    assert is_open(site, datetime(2026, 11, 23, 7, 30, tzinfo=UTC))
    assert not is_open(site, datetime(2026, 11, 23, 17, 30, tzinfo=UTC))


def test_hours_of_many_days_take_few_queries(site, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        week_of(site, [MONDAY + timedelta(days=n) for n in range(60)])


def test_operators_follow_one_another_without_a_gap(site):
    first, second = OperatorFactory(), OperatorFactory()
    assign_operator(site, first, since=date(2020, 1, 1), by=None)
    assign_operator(site, second, since=date(2026, 1, 1), by=None)
    assign_operator(site, second, since=date(2025, 1, 1), by=None)
    held = site.operatorships.order_by("period")
    assert [(one.operator, one.period) for one in held] == [
        (first, DateRange(date(2020, 1, 1), date(2025, 1, 1))),
        (second, DateRange(date(2025, 1, 1), None)),
    ]


def week_data(**changes):
    data = {f"opens_{day}": "8h30" for day in range(1, 6)} | {f"closes_{day}": "18:30" for day in range(1, 6)}
    return data | changes


def test_editor_reads_times_as_people_write_them(client, site):
    client.force_login(staff("site_manager", site))
    client.post(
        reverse("site_hours", args=[site.code]), week_data(opens_6="9", closes_6="13 h", opens_1="٠٨:٠٠")
    )
    week = {hours.weekday: (hours.opens, hours.closes) for hours in site.hours.all()}
    assert week[1] == (time(8), time(18, 30))
    assert week[6] == (time(9), time(13))
    assert 7 not in week


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"opens_1": "25:00"}, "opens_1"),
        ({"opens_1": "noon"}, "opens_1"),
        ({"closes_1": ""}, "closes_1"),
        ({"opens_1": ""}, "opens_1"),
        ({"opens_1": "19:00"}, "closes_1"),
    ],
)
def test_editor_says_what_is_wrong(client, site, changes, wrong):
    client.force_login(staff("site_manager", site))
    page = client.post(reverse("site_hours", args=[site.code]), week_data(**changes))
    assert list(page.context["form"].errors) == [wrong]
    assert site.hours.count() == 5


def test_overlapping_overrides_are_refused_with_the_name_of_the_other(client, site):
    client.force_login(staff("site_manager", site))
    first = {"label": "Ramadan", "first": "1/2/2027", "last": "2/3/2027"}
    assert client.post(reverse("site_overrides", args=[site.code]), week_data(**first)).status_code == 302
    for clash in (
        {"label": "Works", "first": "2/3/2027", "last": "5/3/2027"},
        {"label": "Works", "first": "1/1/2027", "last": "1/2/2027"},
        {"label": "Works", "first": "10/2/2027", "last": "10/2/2027"},
        {"label": "Works", "first": "1/1/2027", "last": "5/5/2027"},
    ):
        page = client.post(reverse("site_overrides", args=[site.code]), week_data(**clash))
        [[said]] = page.context["form"].errors.values()
        assert "1er févr. 2027" in said
        assert "Ramadan" in said
    assert site.overrides.count() == 1
    page = client.post(
        reverse("site_overrides", args=[site.code]), week_data(label="X", first="5/5/2027", last="1/5/2027")
    )
    assert list(page.context["form"].errors) == ["last"]
    page = client.post(
        reverse("site_overrides", args=[site.code]), week_data(label="X", first="1/1/2020", last="31/1/2020")
    )
    assert list(page.context["form"].errors) == ["last"]


def note_ramadan(client, site):
    client.post(
        reverse("site_overrides", args=[site.code]),
        week_data(label="Ramadan", first="1/2/2027", last="2/3/2027"),
    )
    return site.overrides.get()


def test_override_is_corrected_and_put_back_with_undo(client, site):
    client.force_login(staff("site_manager", site))
    override = note_ramadan(client, site)
    page = reverse("site_override", args=[site.code, override.pk])
    assert client.get(page).context["form"]["first"].value() == "01/02/2027"
    assert client.get(reverse("site", args=[site.code])).content.decode().count(f'href="{page}"') == 1
    answer = client.post(page, week_data(label="Travaux", first="2/2/2027", last="3/3/2027", closed="on"))
    override = site.overrides.get()
    assert (override.label, override.period.lower, override.hours.count()) == ("Travaux", date(2027, 2, 2), 0)
    assert client.get(page).context["form"]["closed"].value() is True
    empty = {name: "" for name in week_data() if name.startswith(("opens", "closes"))}
    again = client.post(page, {"label": "Travaux", "first": "2/2/2027", "last": "3/3/2027", **empty})
    assert list(again.context["form"].errors) == ["closed"], "neither hours nor the box"
    client.post(undo_of(answer))
    override = site.overrides.get()
    assert (override.label, override.period.lower, override.hours.count()) == ("Ramadan", date(2027, 2, 1), 5)


def test_removed_override_comes_back_with_undo(client, site):
    client.force_login(staff("site_manager", site))
    before = note_ramadan(client, site)
    answer = client.post(reverse("site_override_removal", args=[site.code, before.pk]))
    assert not site.overrides.exists()
    undo = undo_of(answer)
    client.post(undo)
    again = site.overrides.get()
    assert (again.label, again.period, again.hours.count()) == ("Ramadan", before.period, 5)
