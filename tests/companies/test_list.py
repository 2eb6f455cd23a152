"""The list of companies: what each filter leaves, in which order, and the same in a file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from openpyxl import load_workbook

from fondouk.companies.models import Company, Stewardship
from tests.factories import (
    CompanyFactory,
    FigureFactory,
    LegalIdentityFactory,
    PersonFactory,
    ResidencyFactory,
    SectorAssignmentFactory,
    SiteFactory,
    hosted_company,
    ice,
    since,
    staff,
)
from tests.visiting import queries_of, undo_of, visitor

LIST = "/fr/companies/"
ALWAYS = DateRange(None, None)
ICE = ice(147_852_000)


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    """Two sites; companies named after how they stand."""
    casa, fes = SiteFactory(code="casa", city="Casablanca"), SiteFactory(code="fes", city="Fès")
    here = CompanyFactory(name="Hébergée Santé", activity="Logiciels pour cliniques")
    LegalIdentityFactory(company=here, ice=ICE, rc="4711")
    ResidencyFactory(company=here, site=casa, period=since(100))
    SectorAssignmentFactory(company=here)
    here.stage_assignments.create(stage="growth", period=ALWAYS)
    here.kinds.create(kind="startup", period=ALWAYS)
    FigureFactory(company=here, value=12)
    both = CompanyFactory(name="Deux Sites")
    ResidencyFactory(company=both, site=casa, period=since(900))
    ResidencyFactory(company=both, site=fes, period=since(300))
    FigureFactory(company=both, value=3)
    coming = CompanyFactory(name="Attendue")
    ResidencyFactory(company=coming, site=fes, period=since(-10))
    gone = CompanyFactory(name="Partie")
    ResidencyFactory(
        company=gone, site=fes, period=since(950, last=timezone.localdate() - timedelta(days=400))
    )
    CompanyFactory(name="Zaouia Partenaire")
    steward = staff("site_manager", casa)
    here.stewardships.create(person=steward.person, period=ALWAYS)
    return SimpleNamespace(casa=casa, fes=fes, here=here, both=both, gone=gone, steward=steward.person)


@pytest.fixture
def direction(park: SimpleNamespace) -> Any:
    return visitor(staff("direction"))


def names(client: Any, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [row.company.name for row in response.context["rows"]]


EVERYBODY = ["Attendue", "Deux Sites", "Hébergée Santé", "Partie", "Zaouia Partenaire"]


class TestFilters:
    def test_without_any_it_lists_everybody_by_name(self, direction: Any) -> None:
        assert names(direction) == EVERYBODY

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("status=hosted", ["Deux Sites", "Hébergée Santé"]),
            ("status=expected", ["Attendue"]),
            ("status=alumni", ["Partie"]),
            ("status=outside", ["Zaouia Partenaire"]),
            ("site=casa", ["Deux Sites", "Hébergée Santé"]),
            ("site=fes", ["Attendue", "Deux Sites", "Partie"]),
            ("site=fes&status=hosted", ["Deux Sites"]),
            ("site=fes&status=alumni", ["Partie"]),
            ("site=fes&status=expected", ["Attendue"]),
            ("sector=ict", ["Hébergée Santé"]),
            ("sector=green", []),
            ("stage=growth", ["Hébergée Santé"]),
            ("kind=startup", ["Hébergée Santé"]),
            ("ice=missing&status=hosted", ["Deux Sites"]),
            ("steward=none&status=hosted", ["Deux Sites"]),
            ("q=sante", ["Hébergée Santé"]),
            ("q=SANT%C3%89", ["Hébergée Santé"]),
            ("q=cliniq", ["Hébergée Santé"]),
            (f"q={ICE}", ["Hébergée Santé"]),
            (f"q={ICE.lstrip('0')}", ["Hébergée Santé"]),
            (f"q={ICE[:9]}", ["Hébergée Santé"]),
            ("q=4711", ["Hébergée Santé"]),
            ("q=sante&site=casa&status=hosted&sector=ict&stage=growth&kind=startup", ["Hébergée Santé"]),
            ("q=sante&site=fes", []),
        ],
    )
    def test_each_alone_and_together(self, direction: Any, query: str, expected: list[str]) -> None:
        assert names(direction, query) == expected

    def test_those_whom_somebody_follows(self, direction: Any, park: SimpleNamespace) -> None:
        assert names(direction, f"steward={park.steward.pk}") == ["Hébergée Santé"]

    def test_the_site_chosen_at_the_top_is_written_into_the_address(self, direction: Any) -> None:
        chosen = direction.get(f"{LIST}?on=casa&status=hosted&site=fes&page=3")
        assert (chosen.status_code, chosen.url) == (302, f"{LIST}?status=hosted")
        shown = direction.get(chosen.url)
        assert (shown.status_code, shown.url) == (302, f"{LIST}?status=hosted&site=casa")
        assert names(direction, "status=hosted&site=casa") == ["Deux Sites", "Hébergée Santé"]

    def test_a_list_opened_from_an_address_changes_nobodys_choice(self, direction: Any) -> None:
        direction.get(f"{LIST}?on=casa")
        assert names(direction, "site=fes") == ["Attendue", "Deux Sites", "Partie"]
        assert names(direction, "site=") == EVERYBODY
        assert direction.get(LIST).url == f"{LIST}?site=casa"
        direction.get(f"{LIST}?on=")
        assert names(direction) == EVERYBODY

    @pytest.mark.parametrize(
        "query",
        [
            "page=zzz&sort=%00&site=none&kind=x&stage=%00&status=%00&sector=%27&ice=x&q=%00",
            "page=-1&sort=-&q=%27+%26+%7C+%21+%3A*+%3C-%3E+%28%29+%5C",
            "page=99999999999999999999&steward=%C2%B2&q=" + "a" * 5000,
            "steward=99999999999999999999&site=%F0%9F%98%80",
            "q=%D9%A3%D9%A3%D9%A3&steward=%D9%A3",
        ],
    )
    def test_garbage_in_the_address_is_no_error(self, direction: Any, query: str) -> None:
        names(direction, query)
        assert direction.get(f"{LIST}export/csv/?{query}").status_code == 200


class TestOrder:
    @pytest.mark.parametrize(
        ("sort", "first"),
        [
            ("name", "Attendue"),
            ("-name", "Zaouia Partenaire"),
            ("headcount", "Deux Sites"),
            ("-headcount", "Hébergée Santé"),
            ("since", "Partie"),
            ("-since", "Attendue"),
            ("x", "Attendue"),
        ],
    )
    def test_by_a_column(self, direction: Any, sort: str, first: str) -> None:
        found = names(direction, f"sort={sort}")
        assert found[0] == first
        assert sorted(found) == sorted(EVERYBODY)

    def test_by_the_day_that_the_row_shows(self, direction: Any, park: SimpleNamespace) -> None:
        """Who came back is hosted since the return, not since the first stay."""
        ResidencyFactory(
            company=park.here, site=park.fes, period=DateRange(date(2011, 1, 1), date(2012, 1, 1))
        )
        assert names(direction, "status=hosted&sort=since") == ["Deux Sites", "Hébergée Santé"]

    def test_pages_follow_each_other(self, direction: Any, park: SimpleNamespace) -> None:
        for _number in range(60):
            hosted_company(park.casa)
        found = names(direction) + names(direction, "page=2")
        assert len(found) == len(set(found)) == 65


class TestReach:
    def test_a_site_s_staff_see_its_companies_and_those_of_no_site(self, park: SimpleNamespace) -> None:
        client = visitor(staff("reception", park.casa))
        assert names(client) == ["Deux Sites", "Hébergée Santé", "Zaouia Partenaire"]
        assert names(client, "site=fes") == ["Deux Sites", "Hébergée Santé", "Zaouia Partenaire"]

    def test_a_merged_record_is_not_listed(self, direction: Any, park: SimpleNamespace) -> None:
        Company.objects.filter(pk=park.gone.pk).update(merged_into=park.here)
        assert "Partie" not in names(direction)


class TestFiles:
    def lines(self, client: Any, query: str) -> list[list[str]]:
        answer = client.get(f"{LIST}export/csv/?{query}")
        assert answer.status_code == 200
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]

    def test_exactly_what_is_filtered_in_the_order_of_the_list(self, direction: Any) -> None:
        for query in ("", "status=hosted&sort=-headcount", "site=fes&status=alumni", "q=sante"):
            assert [line[0] for line in self.lines(direction, query)] == names(direction, query)

    def test_a_sheet_holds_the_same(self, direction: Any) -> None:
        answer = direction.get(f"{LIST}export/xlsx/?status=hosted")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))[1:]
        assert [row[0] for row in rows] == ["Deux Sites", "Hébergée Santé"]

    def test_what_is_ticked_in_the_list(self, direction: Any, park: SimpleNamespace) -> None:
        query = f"back=/fr/companies/%3Fstatus%3Dhosted&selected={park.both.pk}&steward=&everything="
        assert [line[0] for line in self.lines(direction, query)] == ["Deux Sites"]

    def test_everything_is_what_the_filters_leave(self, direction: Any, park: SimpleNamespace) -> None:
        query = f"back=/fr/companies/%3Fstatus%3Dhosted&selected={park.both.pk}&steward=1&everything=1"
        assert [line[0] for line in self.lines(direction, query)] == ["Deux Sites", "Hébergée Santé"]

    def test_a_cell_never_becomes_a_formula(self, direction: Any) -> None:
        CompanyFactory(name="=cmd|' /C calc'!A0", email="+x@khettara.ma")
        line = self.lines(direction, "q=calc")[0]
        assert line[0].startswith("'=")
        assert "'+x@khettara.ma" in line

    def test_another_format_is_not_known(self, direction: Any) -> None:
        assert direction.get(f"{LIST}export/pdf/").status_code == 404

    def test_its_name_may_be_arabic(self, direction: Any) -> None:
        header = direction.get("/ar/companies/export/csv/")["Content-Disposition"]
        assert header.isascii()
        assert "=?" not in header


class TestSavedFilters:
    def test_saved_opened_replaced_and_forgotten(self, direction: Any) -> None:
        direction.post(f"{LIST}filters/", {"name": "À voir", "query": "status=alumni"})
        answer = direction.post(f"{LIST}filters/", {"name": "À voir", "query": "status=hosted"}, follow=True)
        saved = answer.context["saved"].get()
        assert names(direction, saved.query) == ["Deux Sites", "Hébergée Santé"]
        answer = direction.post(f"{LIST}filters/{saved.pk}/removal/")
        assert not direction.get(LIST).context["saved"].exists()
        direction.post(undo_of(answer))
        assert direction.get(LIST).context["saved"].get().query == "status=hosted"

    def test_those_of_somebody_else_are_theirs(self, direction: Any) -> None:
        direction.post(f"{LIST}filters/", {"name": "À voir", "query": "status=alumni"})
        saved = direction.get(LIST).context["saved"].get()
        other = visitor(staff("direction"))
        assert not other.get(LIST).context["saved"].exists()
        assert other.post(f"{LIST}filters/{saved.pk}/removal/").status_code == 404

    @pytest.mark.parametrize("name", ["", "   ", "\x00", "n" * 500])
    def test_odd_names_are_no_error(self, direction: Any, name: str) -> None:
        answer = direction.post(f"{LIST}filters/", {"name": name, "query": "q=\x00\r\nX: y"})
        assert answer.status_code == 302


class TestStewards:
    def give(self, client: Any, **sent: Any) -> Any:
        return client.post(f"{LIST}stewards/", {"back": LIST, **sent})

    def test_those_ticked_get_one(self, direction: Any, park: SimpleNamespace) -> None:
        self.give(direction, steward=park.steward.pk, selected=[park.both.pk, park.gone.pk])
        assert names(direction, f"steward={park.steward.pk}") == ["Deux Sites", "Hébergée Santé", "Partie"]

    def test_everything_is_what_the_filters_leave(self, direction: Any, park: SimpleNamespace) -> None:
        sent = {"steward": park.steward.pk, "everything": "1", "back": f"{LIST}?status=hosted&sort=-name"}
        assert self.give(direction, **sent)["Location"] == sent["back"]
        assert names(direction, f"steward={park.steward.pk}") == ["Deux Sites", "Hébergée Santé"]

    def test_undone_each_is_followed_by_whoever_did_before(
        self, direction: Any, park: SimpleNamespace
    ) -> None:
        before = staff("direction").person
        self.give(direction, steward=before.pk, selected=[park.both.pk])
        answer = self.give(direction, steward=park.steward.pk, selected=[park.both.pk, park.gone.pk])
        direction.post(undo_of(answer))
        followed = Stewardship.objects.filter(period__contains=timezone.localdate())
        assert followed.get(company=park.both).person == before
        assert not followed.filter(company=park.gone).exists()

    def test_those_of_another_site_are_left_alone(self, park: SimpleNamespace) -> None:
        manager = visitor(staff("site_manager", park.fes))
        theirs = staff("site_manager", park.fes).person
        self.give(manager, steward=theirs.pk, selected=[park.here.pk, park.gone.pk])
        assert names(manager, f"steward={theirs.pk}") == ["Partie"]

    @pytest.mark.parametrize("steward", ["", "abc", "\x00", "²", "0", "99999999999999999999"])
    def test_nobody_is_nobody(self, direction: Any, park: SimpleNamespace, steward: str) -> None:
        assert self.give(direction, steward=steward, selected=[park.both.pk, "x", "²"]).status_code == 302
        assert not park.both.stewardships.exists()

    def test_who_is_not_of_the_staff_follows_nobody(self, direction: Any, park: SimpleNamespace) -> None:
        self.give(direction, steward=PersonFactory().pk, selected=park.both.pk)
        assert not park.both.stewardships.exists()

    @pytest.mark.parametrize(
        "back", ["https://elsewhere.ma/", "//[", "//elsewhere.ma", "/\\elsewhere.ma", "javascript:1"]
    )
    def test_nobody_is_led_elsewhere(self, direction: Any, back: str) -> None:
        assert self.give(direction, back=back)["Location"] == LIST


def test_the_list_asks_no_more_however_many_companies_there_are(
    direction: Any, park: SimpleNamespace
) -> None:
    for _number in range(60):
        hosted_company(park.casa)
    for query in (
        "",
        "status=hosted&sort=-headcount&sector=ict&stage=growth&ice=missing",
        "q=sante",
        "sort=since",
    ):
        assert queries_of(direction, f"{LIST}?{query}") <= 20
