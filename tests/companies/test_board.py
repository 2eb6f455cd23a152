"""The board, chosen columns and shared views: other looks at one list."""

from __future__ import annotations

from typing import Any

import pytest

from fondouk.companies.models import Company
from tests.factories import CompanyFactory, ResidencyFactory, SectorAssignmentFactory, SiteFactory, staff
from tests.visiting import queries_of, undo_of, visitor

pytestmark = pytest.mark.django_db
BOARD = "/fr/companies/board/"


def company(name: str, site: Any, stage: str = "", sector: str = "ict") -> Company:
    one = CompanyFactory(name=name)
    ResidencyFactory(company=one, site=site)
    SectorAssignmentFactory(company=one, sector__code=sector)
    if stage:
        one.stage_assignments.create(stage=stage, period=(None, None))
    return one


@pytest.fixture
def park() -> Any:
    a, b = SiteFactory(city="Casablanca", code="casablanca"), SiteFactory(city="Rabat", code="rabat")
    company("Alif", a, "idea")
    company("Ba", a, "growth", "green")
    company("Ta", b, "growth")
    company("Tha", b)
    return a, b


def lanes(client: Any, query: str = "") -> dict[str, list[str]]:
    found = client.get(f"{BOARD}?{query}").context["lanes"]
    return {lane.value: [row.company.name for row in lane.cards] for lane in found if lane.cards}


def test_lanes_by_stage_sector_and_site(park: Any) -> None:
    client = visitor(staff("direction"))
    assert lanes(client) == {"idea": ["Alif"], "growth": ["Ba", "Ta"], "": ["Tha"]}
    assert lanes(client, "by=sector") == {"ict": ["Alif", "Ta", "Tha"], "green": ["Ba"]}
    assert lanes(client, "by=site") == {"casablanca": ["Alif", "Ba"], "rabat": ["Ta", "Tha"]}
    assert lanes(client, "by=nothing") == lanes(client)


def test_the_filters_of_the_list_hold(park: Any) -> None:
    client = visitor(staff("direction"))
    assert lanes(client, "site=rabat") == {"growth": ["Ta"], "": ["Tha"]}
    assert lanes(visitor(staff("reception", park[0]))) == {"idea": ["Alif"], "growth": ["Ba"]}


def test_a_lane_counts_those_it_does_not_show(park: Any) -> None:
    for number in range(25):
        company(f"Co {number:02}", park[0], "idea")
    client = visitor(staff("direction"))
    lane = next(one for one in client.get(BOARD).context["lanes"] if one.value == "idea")
    assert (lane.count, len(lane.cards), lane.more) == (26, 12, 14)
    assert "stage=idea" in client.get(BOARD).content.decode()
    assert queries_of(client, BOARD) <= 20


def test_a_card_moves_to_another_stage_and_back(park: Any) -> None:
    client = visitor(staff("direction"))
    alif = Company.objects.get(name="Alif")
    moved = client.post(f"/fr/companies/{alif.pk}/stage/", {"stage": "growth", "back": "by=stage&q=\r\nX: y"})
    assert moved["Location"].startswith(f"{BOARD}?by=stage&q=")
    assert "growth" in lanes(client)
    assert lanes(client)["growth"] == ["Alif", "Ba", "Ta"]
    client.post(undo_of(moved))
    assert lanes(client)["idea"] == ["Alif"]
    assert client.post(f"/fr/companies/{alif.pk}/stage/", {"stage": "retired"}).status_code == 404
    elsewhere = visitor(staff("site_manager", park[1]))
    assert elsewhere.post(f"/fr/companies/{alif.pk}/stage/", {"stage": "growth"}).status_code == 404


def test_columns_are_chosen_in_the_address_for_the_page_and_the_sheet(park: Any) -> None:
    client = visitor(staff("direction"))
    for query in ("cols=ice,email", "column=ice&column=email"):
        page = client.get(f"/fr/companies/?{query}")
        assert [column.key for column in page.context["columns"]] == ["ice", "email"]
        sheet = client.get(f"/fr/companies/export/csv/?{query}").content.decode("utf-8-sig")
        assert sheet.splitlines()[0] == '"Entreprise";"ICE";"E-mail"'
    usual = client.get("/fr/companies/?cols=nothing").context["columns"]
    assert [column.key for column in usual] == [
        "status",
        "site",
        "sector",
        "stage",
        "headcount",
        "since",
        "steward",
    ]
    assert (
        client.get("/fr/companies/export/csv/").content.decode("utf-8-sig").splitlines()[0].count(";") == 12
    )


def test_what_a_column_holds_is_text(park: Any) -> None:
    CompanyFactory(name="Jim", email="<b>@x.example", name_ar="<script>")
    page = visitor(staff("direction")).get("/fr/companies/?cols=email,name_ar").content.decode()
    assert "<script>" not in page.replace("<script src", "")
    assert "&lt;b&gt;@x.example" in page


def test_a_view_is_shared_with_colleagues_and_stays_its_owners(park: Any) -> None:
    mine, theirs = staff("direction"), staff("reception", park[0])
    owner, colleague = visitor(mine), visitor(theirs)
    owner.post("/fr/companies/filters/", {"name": "À suivre", "query": "stage=growth", "shared": "1"})
    owner.post("/fr/companies/filters/", {"name": "Secret", "query": "stage=idea"})
    offered = list(colleague.get("/fr/companies/").context["saved"])
    assert [(view.name, view.is_own) for view in offered] == [("À suivre", False)]
    opened = colleague.get(f"/fr/companies/views/{offered[0].pk}/")
    assert opened["Location"] == "/fr/companies/?stage=growth"
    shown = colleague.get(opened["Location"]).context["rows"]
    assert [row.company.name for row in shown] == ["Ba"]  # what they may see of it
    assert colleague.post(f"/fr/companies/filters/{offered[0].pk}/removal/").status_code == 404
    secret = mine.person.saved_filters.get(name="Secret")
    assert colleague.get(f"/fr/companies/views/{secret.pk}/").status_code == 404
    gone = owner.post(f"/fr/companies/filters/{offered[0].pk}/removal/")
    owner.post(undo_of(gone))
    assert mine.person.saved_filters.get(name="À suivre").is_shared


def test_a_board_is_saved_as_one(park: Any) -> None:
    client = visitor(staff("direction"))
    page = client.get(f"{BOARD}?by=site&sector=ict")
    saved = client.post("/fr/companies/filters/", {"name": "Par site", "query": page.context["query"]})
    assert saved["Location"] == f"{BOARD}?by=site&sector=ict"
    view = client.get(BOARD).context["saved"].get()
    assert client.get(f"/fr/companies/views/{view.pk}/")["Location"] == f"{BOARD}?by=site&sector=ict"
