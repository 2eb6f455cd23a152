"""Components: nothing is left raw, values are escaped, and what screen readers need is there."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator

import fondouk
import fondouk.ui

TEMPLATES = Path(fondouk.ui.__file__).parent / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))
EVERYWHERE = sorted(Path(fondouk.__file__).parent.rglob("*.html"))
NEEDS = {
    "field": "a bound field",
    "dropzone": "a bound field or a name",
    "form-errors": "a form",
}


@pytest.mark.parametrize("name", [name for name in COMPONENTS if name not in NEEDS])
def test_every_component_renders_with_nothing_given(render, name):
    shown = render(f"<c-{name}>inside</c-{name}>")
    assert "<c-" not in shown
    assert "style=" not in shown


@pytest.mark.parametrize("name", COMPONENTS)
def test_no_component_takes_a_variable_from_the_page(name):
    """Cotton lets the page's variables through: each name a component reads must be declared in c-vars."""
    source = (TEMPLATES / "cotton" / f"{name}.html").read_text()
    declared = re.search(r"<c-vars\s(.*?)/>", source, re.DOTALL)
    names = (
        {word.replace("-", "_") for word in re.findall(r":?([a-z-]+)=", declared.group(1))}
        if declared
        else set()
    )
    read = set(re.findall(r"\{\{\s*([a-z_]+)", source)) | set(
        re.findall(r"\{%\s*if\s+(?:not\s+)?([a-z_]+)", source)
    )
    local = set(re.findall(r"\bas\s+([a-z_]+)", source)) | set(re.findall(r"for\s+([a-z_]+)\s+in", source))
    blocks = {
        word
        for part in re.findall(r"\{% blocktrans[^%]*with(.*?)%\}", source)
        for word in re.findall(r"(\w+)=", part)
    }
    assert read - names - local - blocks - {"slot", "attrs", "request", "forloop"} == set()


@pytest.mark.parametrize("path", EVERYWHERE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_templates_call_components_that_exist_and_pass_no_filters(path):
    """Cotton drops an attribute such as `:count="rows|length"` without a word."""
    source = path.read_text()
    assert set(re.findall(r"<c-([a-z-]+)", source)) - {"slot", "vars"} - set(COMPONENTS) == set()
    assert re.findall(r"\s:[a-z-]+=\"[^\"{]*\|[^\"]*\"", source) == []


@pytest.mark.parametrize("name", ["card", "badge", "button", "stat", "alert", "list"])
def test_other_attributes_land_on_the_outermost_element_escaped(render, name):
    shown = render(f'<c-{name} :data-note="note" id="x">a</c-{name}>', note='" onclick="alert(1)" x="')
    assert "onclick=&quot;" in shown
    assert 'onclick="' not in shown
    assert re.search(r'<\w+[^>]* id="x"', shown)


def test_text_from_the_page_is_escaped_once(render):
    assert "Plan &amp; spaces" in render('<c-card title="{{ t }}">x</c-card>', t="Plan & spaces")
    assert "Plan &amp; spaces" in render('<c-card :title="t">x</c-card>', t="Plan & spaces")
    assert "<script>" not in render('<c-stat :label="t" :value="t" :detail="t" />', t="<script>")


def test_a_button_is_a_link_when_it_has_an_address(render):
    assert render('<c-button href="/x">Go</c-button>').lstrip().startswith('<a class="btn')
    assert 'type="submit"' in render('<c-button type="submit">Go</c-button>')


def test_a_denied_button_is_disabled_and_says_why(render):
    shown = render('<c-button denied="Only the manager may.">Close</c-button>')
    described = re.search(r'aria-describedby="(\w+)"', shown).group(1)
    assert "disabled" in shown
    assert f'id="{described}">Only the manager may.' in shown


def test_an_icon_button_has_a_name(render):
    assert 'aria-label="Edit"' in render('<c-icon-button icon="pencil" label="Edit" />')


def test_the_present_step_is_announced(render):
    steps = [{"label": "A", "state": "done"}, {"label": "B", "state": "now"}, {"label": "C"}]
    shown = render('<c-journey :steps="steps" />', steps=steps)
    assert shown.count('aria-current="step"') == 1
    assert "(done)" in shown


def test_tabs_mark_the_present_page_and_show_counts(render):
    items = [{"label": "Team", "url": "/t", "count": 0, "active": True}, {"label": "Docs", "url": "/d"}]
    shown = render('<c-tabs :items="items" />', items=items)
    assert shown.count('aria-current="page"') == 1
    assert '<span class="fk-badge">0</span>' in shown


def test_a_progress_bar_says_what_it_measures(render):
    shown = render('<c-progress :value="96" :max="150" label="Invoices" cancel="/stop" />')
    assert 'value="96" max="150" aria-label="Invoices"' in shown
    assert 'method="post" action="/stop"' in shown


def test_a_menu_item_with_an_action_posts(render):
    shown = render(
        '<c-menu label="More" bare><c-menu-item action="/erase" tone="danger">Erase</c-menu-item></c-menu>'
    )
    assert '<form method="post" action="/erase">' in shown
    assert 'aria-label="More"' in shown


def test_pages_keep_the_filters(render):
    page = Paginator(range(312), 25).page(4)
    shown = render('<c-pagination :page="page" />', page=page, path="/?q=x&page=4")
    assert 'href="?q=x&amp;page=5"' in shown
    assert shown.count('aria-current="page"') == 1
    assert "76–100 of 312" in shown


def test_a_list_that_fits_has_no_pages(render):
    assert render('<c-pagination :page="page" />', page=Paginator(range(3), 25).page(1)).strip() == ""


def test_a_table_scrolls_within_a_named_region(render):
    shown = render('<c-table label="Rents"><tbody></tbody></c-table>')
    assert 'tabindex="0" role="region" aria-label="Rents"' in shown


def test_the_bulk_bar_carries_every_plural(render):
    shown = render('<c-bulk-bar total="312">x</c-bulk-bar>', language="ar")
    for category in ("one", "two", "few", "many", "other"):
        assert f"&quot;{category}&quot;" in shown


def test_a_toast_undoes_by_post(render):
    assert 'method="post" action="/undo"' in render('<c-toast undo="/undo">Moved</c-toast>')
    assert "<form" not in render("<c-toast>Moved</c-toast>")
