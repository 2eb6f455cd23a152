"""Published figures stay as they were, and tell nothing of one company."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.utils import timezone, translation
from openpyxl import load_workbook

from fondouk.companies.actions import declare_figures
from fondouk.impact import presentation
from fondouk.impact.actions import (
    TooFewChanged,
    publish_edition,
    show_edition_again,
    withdraw_edition,
)
from fondouk.impact.models import Edition, OfficialFigure
from fondouk.impact.papers import subtitle_of
from fondouk.impact.queries import Scope, work_out
from fondouk.impact.queries.public import shown
from fondouk.lib.formats import format_date
from tests.factories import staff
from tests.impact.network import TODAY, Small, company, small
from tests.threads import together
from tests.visiting import errors_of, undo_of, visitor

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
    first, second = Edition.objects.get(), publish_edition(2024, by=None)
    assert Edition.objects.public().get() == second
    first.refresh_from_db()
    assert first.replaced_by == second
    assert first.withdrawn_at == second.known_on


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
    looked = direction.get("/fr/figures/editions/new/?year=2024")
    assert not Edition.objects.exists()
    assert "masqué" in looked.content.decode()  # as the public will read it
    seen = looked.context["draft"].digest
    unseen = direction.post("/fr/figures/editions/new/", {"year": 2024, "note": ""})
    assert (unseen.status_code, Edition.objects.exists()) == (422, False)
    answer = direction.post("/fr/figures/editions/new/", {"year": 2024, "note": "", "seen": seen})
    assert answer.status_code == 302
    page = direction.get("/fr/figures/?year=2024").content.decode()
    assert "Les données disent la même chose ici" in page
    declare_figures(
        made.companies["Alif"], year=2024, values={"headcount": Decimal(12)}, source="staff", by=None
    )
    page = direction.get("/fr/figures/?year=2024").content.decode()
    assert "Des données ont changé depuis" in page
    again = direction.post("/fr/figures/editions/new/", {"year": 2024, "note": "x", "seen": seen})
    assert again.status_code == 422
    assert "1 entreprise dit autre chose" in again.content.decode()


def test_nothing_is_published_but_what_was_seen(made: Small) -> None:
    direction, address = visitor(staff("direction")), "/fr/figures/editions/new/"
    seen = direction.get(f"{address}?year=2024").context["draft"].digest
    for number in range(4):
        declare_figures(
            made.companies[f"Co {number}"], year=2024, values={"turnover": Decimal(900_000)}, source="staff", by=None
        )  # fmt: skip
    changed: Any = direction.post(address, {"year": 2024, "note": "Un mot", "seen": seen})
    assert changed.status_code == 422
    assert "Un mot" in changed.content.decode()
    assert not Edition.objects.exists()
    seen = changed.context["draft"].digest
    assert f'value="{seen}"' in changed.content.decode()
    assert direction.post(address, {"year": 2024, "note": "Un mot", "seen": seen}).status_code == 302
    assert Edition.objects.get().note == "Un mot"


def test_a_later_edition_replaces_the_one_before(made: Small) -> None:
    first, second = publish_edition(2024, by=None), publish_edition(2024, by=None)
    assert Edition.objects.public().get() == second
    manager = visitor(staff("site_manager", made.a))
    assert (
        f"/fr/figures/editions/{second.pk}/"
        in manager.get(f"/fr/figures/editions/{first.pk}/").content.decode()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(year=2024, known_on=second.known_on, content={}, shown={})
    withdraw_edition(second, by=None)
    assert not Edition.objects.public().exists()


def test_a_look_at_the_time_before_an_edition_does_not_say_that_records_changed_since(made: Small) -> None:
    publish_edition(2024, by=None)
    direction = visitor(staff("direction"))
    page = direction.get(f"/fr/figures/?year=2024&known_on={TODAY - timedelta(days=400):%d/%m/%Y}")
    assert page.context["is_before_edition"]
    assert "Des données ont changé depuis" not in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("known_on=01/01/2099", "known_on"),
        ("known_on=hier", "known_on"),
        ("year=1850", "year"),
        ("stage=x", "stage"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(made: Small, asked: str, field: str) -> None:
    page: Any = visitor(staff("direction")).get(f"/fr/figures/?{asked}")
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}
    assert f'id="id_{field}_error"' in page.content.decode()


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
    # Billions, typed without their zeros: less than what our own companies declared.
    few = finance.post(f"/fr/figures/official/{first.pk}/correction/", {**said, "value": "61,2"})
    assert errors_of(few).keys() == {"value"}
    assert "1 400 000" in few.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert errors_of(finance.post("/fr/figures/official/new/", {**said, "value": "61 200"})).keys() == {
        "value"
    }
    right = finance.post(f"/fr/figures/official/{first.pk}/correction/", {**said, "value": "60 000 000 000"})
    assert right.status_code == 302
    assert [figure.value for figure in OfficialFigure.objects.standing()] == [Decimal(60_000_000_000)]
    with pytest.raises(ProgrammingError), transaction.atomic():
        OfficialFigure.objects.filter(pk=first.pk).update(value=1)


def rows_of(made: Small, measure: str) -> list[tuple[Any, ...]]:
    address = f"/fr/figures/records/{measure}/xlsx/?year=2024"
    answer = visitor(staff("direction")).get(address)
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_records_say_where_and_of_what_kind_each_company_is(made: Small) -> None:
    head, *rows = rows_of(made, "headcount")
    assert head[:5] == ("Entreprise", "Site", "Secteur", "Stade", "Effectif")
    alif = next(row for row in rows if row[0] == "Alif")
    assert alif[1] == str(made.a)
    assert alif[4] == 10


def test_a_company_that_is_there_has_no_value(made: Small) -> None:
    head, *rows = rows_of(made, "hosted")
    assert head == ("Entreprise", "Site", "Secteur", "Stade")
    assert {row[0] for row in rows} >= {"Alif", "Ba", "Tha", "Jim"}
    page = visitor(staff("direction")).get("/fr/figures/records/hosted/?year=2024").content.decode()
    assert 'data-label="Source"' not in page


@pytest.mark.parametrize(
    ("movement", "told"),
    [
        ({"entries": 0, "departures": 1}, "0 arrivals, 1 departure in the year"),
        ({"entries": 1, "departures": 12}, "1 arrival, 12 departures in the year"),
        ({}, ""),
    ],
)
def test_one_departure_is_one(movement: dict[str, int], told: str) -> None:
    with translation.override("en"):
        assert presentation._came_and_went(movement) == told


def test_what_is_printed_says_from_which_day_it_is_known(made: Small) -> None:
    with translation.override("fr"):
        said = subtitle_of(work_out(Scope(2024, TODAY)))
        assert format_date(timezone.localdate(), "fr", "long") in said


def test_papers_have_the_numbers_of_the_page(made: Small) -> None:
    direction = visitor(staff("direction"))
    book = load_workbook(io.BytesIO(direction.get("/fr/figures/report/xlsx/?year=2024").content))
    rows = [[cell.value for cell in row] for row in book["Par secteur"].iter_rows()]
    page = direction.get("/fr/figures/?year=2024")
    sector = next(table for table in page.context["tables"] if table.code == "sector")
    assert [row[0] for row in rows[1:]] == [heading for heading, _cells in sector.rows]
    assert [row[2] for row in rows[1:]] == [numbers[1] for numbers in sector.numbers]
    paper = direction.get("/fr/figures/report/pdf/?year=2024").content
    assert paper.startswith(b"%PDF-1.7")


def test_what_was_withdrawn_by_mistake_is_public_again_unless_another_took_its_place(made: Small) -> None:
    direction = visitor(staff("direction"))
    edition = publish_edition(2024, by=None)
    undo = undo_of(direction.post(f"/fr/figures/editions/{edition.pk}/withdrawal/"))
    assert not Edition.objects.public().exists()
    direction.post(undo)
    assert Edition.objects.public().get() == edition
    withdraw_edition(edition, by=None)
    later = publish_edition(2024, by=None)
    direction.post(undo)
    assert Edition.objects.public().get() == later


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_an_edition_public_at_once_one_succeeds() -> None:
    small()
    edition = withdraw_edition(publish_edition(2024, by=None), by=None)
    told = together(partial(show_edition_again, edition, by=None), partial(publish_edition, 2024, by=None))
    assert not [one for one in told if isinstance(one, Exception)]
    assert Edition.objects.public().count() == 1
