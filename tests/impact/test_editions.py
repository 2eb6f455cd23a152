"""Published figures stay as they were, and tell nothing of one company."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from fondouk.companies.actions import declare_figures
from fondouk.impact.actions import TooFewChanged, publish_edition, withdraw_edition
from fondouk.impact.models import Edition, OfficialFigure
from fondouk.impact.queries import Scope, work_out
from fondouk.impact.queries.public import shown
from tests.factories import staff
from tests.impact.network import TODAY, Small, company, small
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Small:
    network = small()
    for number in range(6):
        company(
            network, f"Co {number}", "creative", [(network.a, TODAY.replace(year=2023), None)],
            {2024: (6 + number, 2, 500_000 + number, 100_000)},
        )  # fmt: skip
    return network


def test_an_edition_does_not_change_when_records_do(made: Small) -> None:
    edition = publish_edition(2024, by=None)
    before = json.dumps(edition.content, sort_keys=True)
    declare_figures(
        made.companies["Alif"], year=2024, values={"headcount": Decimal(12)}, source="staff", by=None
    )
    edition.refresh_from_db()
    assert json.dumps(edition.content, sort_keys=True) == before
    assert (
        work_out(Scope(2024, TODAY))["measures"]["headcount"]["value"]
        != edition.content["measures"]["headcount"]["value"]
    )


def test_the_database_keeps_it_frozen(made: Small) -> None:
    edition = publish_edition(2024, by=None)
    for change in ({"content": {}}, {"shown": {}}, {"year": 2023}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        edition.delete()
    withdraw_edition(edition, by=None)
    assert not Edition.objects.public().exists()


def test_what_few_said_is_hidden_and_cannot_be_subtracted(made: Small) -> None:
    """Green is one that said nothing, ict three of which two said a turnover, creative six."""
    public = shown(work_out(Scope(2024, TODAY), with_contributions=True))
    cells = public["breakdowns"]["sector"]
    assert cells["ict"]["turnover"].get("hidden")
    assert cells["ict"]["turnover"]["value"] is None
    assert "whole" not in cells["ict"]["women"]
    known = [cell["turnover"]["value"] for cell in cells.values() if cell["turnover"]["value"] is not None]
    total = public["measures"]["turnover"]["value"]
    assert total is None or sum(known) != total - 1_400_000
    assert "contributions" not in json.dumps(public)
    assert "said" not in public  # who said what stays in the house


def test_neither_what_is_carried_nor_a_part_nor_the_share_tells_of_few(made: Small) -> None:
    """Tha alone is carried forward; Jim alone said people and no women; ict is hidden, so its share is."""
    figure = OfficialFigure(code="ict_turnover", year=2024, value=Decimal(10**9), scope="x", source="y")
    figure.save()
    known = work_out(Scope(2024, TODAY), with_contributions=True)
    assert known["measures"]["headcount"]["carried_from"] == 1
    public = shown(known)
    assert public["measures"]["headcount"]["carried"] == 0
    assert public["measures"]["women"].get("hidden")
    assert public["share"] is None


def test_two_editions_cannot_be_compared_to_learn_what_one_said(made: Small) -> None:
    publish_edition(2024, by=None)
    names = ["Co 0", "Co 1", "Co 2"]
    for name in names:
        declare_figures(
            made.companies[name], year=2024, values={"turnover": Decimal(900_000)}, source="staff", by=None
        )
        with pytest.raises(TooFewChanged):
            publish_edition(2024, by=None)
    declare_figures(
        made.companies["Co 3"], year=2024, values={"turnover": Decimal(900_000)}, source="staff", by=None
    )
    publish_edition(2024, by=None)
    assert Edition.objects.count() == 2


def test_nothing_changed_may_be_published_again(made: Small) -> None:
    withdraw_edition(publish_edition(2024, by=None), by=None)
    publish_edition(2024, by=None)
    assert Edition.objects.public().count() == 1


def test_the_public_page_shows_the_latest_edition_only(made: Small, client: Client) -> None:
    assert client.get("/fr/impact/").status_code == 404
    edition = publish_edition(2024, note="Bonne <b>lecture</b>", by=None)
    page = client.get("/fr/impact/").content.decode()
    assert "Bonne &lt;b&gt;lecture" in page
    assert "masqué" in page
    assert "/figures/records/" not in page
    assert "1,40" not in page  # what two ict companies said together
    for form in ("pdf", "xlsx"):
        answer = client.get(f"/fr/impact/2024/{form}/")
        assert answer.status_code == 200
    assert client.get("/fr/impact/2024/docx/").status_code == 404
    withdraw_edition(edition, by=None)
    assert client.get("/fr/impact/").status_code == 404


def test_who_publishes(made: Small) -> None:
    direction, manager = visitor(staff("direction")), visitor(staff("site_manager", made.a))
    assert manager.get("/fr/figures/editions/new/").status_code == 404
    assert manager.get("/fr/figures/editions/").status_code == 200
    answer = direction.post("/fr/figures/editions/new/", {"year": 2024, "note": ""})
    assert answer.status_code == 302
    page = direction.get("/fr/figures/?year=2024").content.decode()
    assert "Les données disent la même chose ici" in page
    declare_figures(
        made.companies["Alif"], year=2024, values={"headcount": Decimal(12)}, source="staff", by=None
    )
    page = direction.get("/fr/figures/?year=2024").content.decode()
    assert "Des données ont changé depuis" in page
    again = direction.post("/fr/figures/editions/new/", {"year": 2024, "note": "x"})
    assert again.status_code == 422
    assert "1 entreprise dit autre chose" in again.content.decode()


def test_a_manager_reads_the_figures_of_their_site_alone(made: Small) -> None:
    page: Any = visitor(staff("site_manager", made.b)).get("/fr/figures/?year=2024")
    assert page.context["scope"].sites == frozenset({made.b.pk})
    listed = (
        visitor(staff("site_manager", made.b))
        .get("/fr/figures/records/turnover/?year=2024&site=a")
        .content.decode()
    )
    assert "Alif" not in listed
    assert "Jim" in listed


def test_official_figures_are_noted_once_and_corrected_by_another_row(made: Small) -> None:
    finance = visitor(staff("finance"))
    said = {
        "year": "2024",
        "value": "61 200 000 000",
        "scope": "Sans opérateurs",
        "source": "Institut, 2025",
        "address": "",
    }
    assert finance.post("/fr/figures/official/new/", said).status_code == 302
    again = finance.post("/fr/figures/official/new/", said)
    assert again.status_code == 422
    assert "existe" in again.content.decode()
    first = OfficialFigure.objects.get()
    assert first.value == Decimal(61_200_000_000)
    wrong = finance.post(f"/fr/figures/official/{first.pk}/correction/", {**said, "value": "0"})
    assert wrong.status_code == 422
    right = finance.post(f"/fr/figures/official/{first.pk}/correction/", {**said, "value": "60 000 000 000"})
    assert right.status_code == 302
    assert [figure.value for figure in OfficialFigure.objects.standing()] == [Decimal(60_000_000_000)]
    with pytest.raises(ProgrammingError), transaction.atomic():
        OfficialFigure.objects.filter(pk=first.pk).update(value=1)


def test_papers_have_the_numbers_of_the_page(made: Small) -> None:
    import io

    from openpyxl import load_workbook

    direction = visitor(staff("direction"))
    book = load_workbook(io.BytesIO(direction.get("/fr/figures/report/xlsx/?year=2024").content))
    rows = [[cell.value for cell in row] for row in book["Par secteur"].iter_rows()]
    page = direction.get("/fr/figures/?year=2024")
    sector = next(table for table in page.context["tables"] if table.code == "sector")
    assert [row[0] for row in rows[1:]] == [heading for heading, _cells in sector.rows]
    assert [row[2] for row in rows[1:]] == [numbers[1] for numbers in sector.numbers]
    paper = direction.get("/fr/figures/report/pdf/?year=2024").content
    assert paper.startswith(b"%PDF-1.7")
