"""The inventory on screen: filters, files, forms, and who may change it."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from fondouk.audit.models import Entry
from fondouk.spaces.models import Resource
from tests.factories import (
    ContractLineFactory,
    FloorFactory,
    PartFactory,
    ResourceFactory,
    SiteFactory,
    owner_of,
    staff,
)
from tests.factories import hosted_company as hosted
from tests.visiting import errors_of, queries_of, undo_of, visitor

LIST = "/fr/spaces/"
NEW = "/fr/spaces/new/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site, other = SiteFactory(code="casa"), SiteFactory(code="fes")
    floor = FloorFactory(building__site=site, building__code="B", level=2)
    office = ResourceFactory(site=site, floor=floor, code="B-204", capacity=4)
    room = ResourceFactory(site=site, code="Salle Atlas", kind="meeting_room", capacity=20)
    ResourceFactory(site=other, code="F-1")
    ResourceFactory(site=site, code="Vieux", withdrawn_on="2020-01-01")
    return SimpleNamespace(
        site=site,
        other=other,
        floor=floor,
        office=office,
        room=room,
        direction=visitor(staff("direction")),
        keeper=visitor(staff("spaces", site)),
    )


def codes(client: Any, query: str = "") -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {row.resource.code for group in answer.context["floors"] for row in group["rows"]}


class TestList:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", {"B-204", "Salle Atlas", "F-1"}),
            ("site=fes", {"F-1"}),
            ("kind=meeting_room", {"Salle Atlas"}),
            ("min_capacity=5", {"Salle Atlas"}),
            ("q=b-2", {"B-204"}),
            ("q=ATLAS&site=casa&kind=meeting_room&min_capacity=20", {"Salle Atlas"}),
            (
                "page=zzz&site=none&kind=x&min_capacity=abc&q=%00&floor=%00&sort=%00",
                {"B-204", "Salle Atlas", "F-1"},
            ),
            ("min_capacity=-1&floor=999999999999999999999", {"B-204", "Salle Atlas", "F-1"}),
            ("min_capacity=NaN", {"B-204", "Salle Atlas", "F-1"}),
            ("min_capacity=1e999999", {"B-204", "Salle Atlas", "F-1"}),
            ("q=%25", set()),
            ("use=withdrawn", {"Vieux"}),
            ("use=all&site=casa", {"B-204", "Salle Atlas", "Vieux"}),
            ("use=x&site=fes", {"F-1"}),
        ],
    )
    def test_filters(self, park: SimpleNamespace, query: str, expected: set[str]) -> None:
        assert codes(park.direction, query) == expected

    def test_floors_are_chosen_within_a_site(self, park: SimpleNamespace) -> None:
        assert codes(park.direction, f"site=casa&floor={park.floor.pk}") == {"B-204"}
        assert "floor" not in park.direction.get(f"{LIST}?site=").context["filter"].form.fields

    def test_a_file_holds_exactly_what_is_filtered(self, park: SimpleNamespace) -> None:
        answer = park.direction.get(f"{LIST}export/csv/?site=casa")
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]
        assert {line[3] for line in lines} == {"B-204", "Salle Atlas"}
        answer = park.direction.get(f"{LIST}export/csv/?use=withdrawn")
        [line] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]
        assert (line[3], line[-1]) == ("Vieux", "01/01/2020")
        assert park.direction.get(f"{LIST}export/xlsx/").status_code == 200
        assert park.direction.get(f"{LIST}export/x/").status_code == 404

    def test_it_asks_no_more_however_many_spaces_there_are(self, park: SimpleNamespace) -> None:
        for _number in range(60):
            ContractLineFactory(contract__site=park.site)
        for address in (LIST, f"{LIST}?site=casa&kind=startup_office", f"{LIST}{park.office.pk}/"):
            assert queries_of(park.direction, address) <= 20

    def test_staff_see_the_spaces_of_their_site(self, park: SimpleNamespace) -> None:
        assert codes(visitor(staff("reception", park.other))) == {"F-1"}
        assert visitor(owner_of(hosted())).get(LIST).status_code == 404


class TestForms:
    def test_a_space_is_created_with_its_floor(self, park: SimpleNamespace) -> None:
        sent = {
            "site": park.site.pk,
            "code": "C-1",
            "kind": "lab",
            "building": "C",
            "level": "-1",
            "area": "18,50",
        }
        assert park.keeper.post(NEW, {**sent, "capacity": "6"}).status_code == 302
        made = Resource.objects.get(code="C-1")
        assert (made.floor.building.code, made.floor.level, str(made.area)) == ("C", -1, "18.50")

    def test_one_that_joins_others(self, park: SimpleNamespace) -> None:
        joins = [park.office.pk, park.room.pk]
        park.keeper.post(NEW, {"site": park.site.pk, "code": "Les deux", "kind": "hall", "joins": joins})
        assert Resource.objects.get(code="Les deux").parts.count() == 2

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"code": ""}, "code"),
            ({"code": "b-204"}, "code"),
            ({"kind": "x"}, "kind"),
            ({"area": "0"}, "area"),
            ({"area": "1000000"}, "area"),
            ({"area": "grand"}, "area"),
            ({"capacity": "-1"}, "capacity"),
            ({"capacity": "2,5"}, "capacity"),
            ({"level": "3"}, "building"),
            ({"level": "400", "building": "B"}, "level"),
            ({"joins": ["0"]}, "joins"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
        self, park: SimpleNamespace, change: dict[str, Any], field: str
    ) -> None:
        sent = {"site": park.site.pk, "code": "C-1", "kind": "lab", "note": "Vue sur le jardin", **change}
        answer = park.keeper.post(NEW, sent)
        assert errors_of(answer).keys() == {field}
        assert "Vue sur le jardin" in answer.content.decode()

    def test_rooms_of_two_sites_are_not_joined(self, park: SimpleNamespace) -> None:
        joins = [park.office.pk, Resource.objects.get(code="F-1").pk]
        sent = {"site": park.site.pk, "code": "C-1", "kind": "lab", "joins": joins}
        assert errors_of(park.direction.post(NEW, sent)).keys() == {"joins"}

    def test_a_change_keeps_what_was_not_asked(self, park: SimpleNamespace) -> None:
        url = f"{LIST}{park.office.pk}/edition/"
        form = park.keeper.get(url).context["form"]
        sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
        assert park.keeper.post(url, {**sent, "note": "Repeint"}).status_code == 302
        changed = Resource.objects.get(pk=park.office.pk)
        assert (changed.note, changed.floor, changed.area, changed.capacity) == ("Repeint", park.floor, 18, 4)

    def test_a_rate(self, park: SimpleNamespace) -> None:
        url = f"{LIST}{park.office.pk}/rates/"
        assert park.keeper.post(url, {"amount": "55,50", "unit": "1", "since": "1/1/2026"}).status_code == 302
        assert str(park.office.rates.get().amount) == "55.50"
        for change, field in (
            ({"amount": "99999999999"}, "amount"),
            ({"unit": "9"}, "unit"),
            ({"since": ""}, "since"),
        ):
            sent = {"amount": "60", "unit": "1", "since": "1/1/2025", **change}
            assert errors_of(park.keeper.post(url, sent)).keys() == {field}

    def test_out_of_use_and_back(self, park: SimpleNamespace) -> None:
        url = f"{LIST}{park.office.pk}/withdrawal/"
        back = undo_of(park.keeper.post(url))
        assert "B-204" not in codes(park.keeper)
        park.keeper.post(url)
        assert "B-204" not in codes(park.keeper), "an old page, pressed again, changes nothing"
        assert Entry.objects.filter(verb="spaces.space_withdrawn").count() == 1
        again = undo_of(park.keeper.post(back))
        park.keeper.post(back)
        assert "B-204" in codes(park.keeper)
        park.keeper.post(again)
        assert "B-204" not in codes(park.keeper)

    def test_what_joins_a_room_out_of_use_is_out_too_and_its_metres_count_once(
        self, park: SimpleNamespace
    ) -> None:
        one, two = PartFactory(site=park.site, area=20), PartFactory(site=park.site, area=30)
        small = ResourceFactory(site=park.site, code="Petite", parts=[one])
        ResourceFactory(site=park.site, code="Grande", parts=[two])
        both = ResourceFactory(site=park.site, code="Petite+Grande", parts=[one, two])
        before = park.keeper.get(LIST).context["summary"].area
        park.keeper.post(f"{LIST}{small.pk}/withdrawal/")
        page = park.keeper.get(LIST)
        states = {row.resource.code: row.state for group in page.context["floors"] for row in group["rows"]}
        assert states["Petite+Grande"] == "works"
        assert states["Grande"] == "free"
        out = park.keeper.get(f"{LIST}?use=withdrawn").context["summary"].area
        assert page.context["summary"].area == before - 20
        assert (
            page.context["summary"].area + out == park.keeper.get(f"{LIST}?use=all").context["summary"].area
        )
        assert one.code in park.keeper.get(f"{LIST}{both.pk}/").content.decode()


class TestPermission:
    @pytest.mark.parametrize("form", ["edition", "rates", "withdrawal", "return"])
    def test_other_sites_and_other_roles_find_nothing(self, park: SimpleNamespace, form: str) -> None:
        for account in (staff("spaces", park.other), staff("reception", park.site)):
            assert visitor(account).post(f"{LIST}{park.office.pk}/{form}/").status_code == 404

    def test_a_site_where_one_only_looks_is_not_added_to(self, park: SimpleNamespace) -> None:
        sent = {"site": park.other.pk, "code": "C-1", "kind": "lab"}
        assert errors_of(park.keeper.post(NEW, sent)).keys() == {"site"}

    def test_a_page_shows_what_shares_its_parts(self, park: SimpleNamespace) -> None:
        both = ResourceFactory(site=park.site, code="B-204+", parts=list(park.office.parts.all()))
        answer = park.keeper.get(f"{LIST}{park.office.pk}/")
        assert answer.context["together"] == [both]
