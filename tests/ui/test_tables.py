"""django-tables2 in the kit's look."""

import datetime

import django_tables2 as tables
import pytest
from django_tables2 import RequestConfig

from fondouk.ui.tables import FormattedColumn, SelectColumn


class Rents(tables.Table):
    label = "Rents"
    select = SelectColumn()
    name = tables.Column()
    rent = FormattedColumn("money")
    end = FormattedColumn("day")


ROWS = [
    {"pk": 1, "name": "<b>A</b>", "rent": 900, "end": datetime.date(2026, 9, 2)},
    {"pk": 2, "name": "B", "rent": 2160, "end": None},
]


@pytest.fixture
def shown(render, rf):
    table = Rents(ROWS)
    RequestConfig(rf.get("/?sort=-name")).configure(table)
    return render(
        "{% load django_tables2 %}{% render_table table %}", table=table, path="/?sort=-name&site=1"
    )


def test_it_scrolls_within_a_named_region(shown):
    assert 'role="region" aria-label="Rents"' in shown


def test_the_sorted_column_says_so_and_links_keep_the_filters(shown):
    assert shown.count("aria-sort") == 1
    assert 'aria-sort="descending"' in shown
    assert "site=1" in shown


def test_cells_carry_their_heading_for_phones_except_the_boxes(shown):
    assert shown.count('data-label="Name"') == 2
    assert 'class="fk-select"' in shown.replace(" select", "").replace("select ", "")
    assert shown.count("data-select ") == 2
    assert shown.count("data-select-all") == 1


def test_values_are_formatted_and_escaped(shown):
    assert "MAD\u00a02,160" in shown
    assert "—" in shown
    assert "&lt;b&gt;A&lt;/b&gt;" in shown


def test_an_empty_table_says_so(render, rf):
    table = Rents([], empty_text="No contract yet.")
    RequestConfig(rf.get("/")).configure(table)
    assert "No contract yet." in render("{% load django_tables2 %}{% render_table table %}", table=table)
