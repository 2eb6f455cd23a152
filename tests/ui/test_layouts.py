"""Layouts: language, direction and theme of the page; nothing breaks when the shell is empty."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import fondouk.ui

TEMPLATES = Path(fondouk.ui.__file__).parent / "templates"
LAYOUTS = ["staff", "member", "public", "entry", "plain"]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
PAGE = (
    '{{% extends "ui/layouts/{}.html" %}}{{% block title %}}T{{% endblock %}}'
    "{{% block content %}}BODY{{% endblock %}}"
)


def paths() -> list[str]:
    return [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_stands_without_a_shell(render_page, name):
    shown = render_page(PAGE.format(name))
    assert "BODY" in shown
    assert "<c-" not in shown
    assert 'href="#main"' in shown
    assert 'id="main"' in shown


@pytest.mark.parametrize(
    ("language", "direction", "styles"), [("fr", "ltr", "fondouk.css"), ("ar", "rtl", "fondouk.rtl.css")]
)
def test_a_page_knows_its_language_and_direction(render_page, language, direction, styles):
    shown = render_page(PAGE.format("staff"), language=language)
    assert f'<html lang="{language}" dir="{direction}"' in shown
    assert f"built/{styles}" in shown


@pytest.mark.parametrize(
    ("cookie", "theme", "chosen"),
    [
        ("dark", "dark", "dark"),
        ("light", "light", "light"),
        ("", "light", "auto"),
        ('"><script>', "light", "auto"),
    ],
)
def test_the_theme_comes_from_the_cookie(render_page, cookie, theme, chosen):
    shown = render_page(PAGE.format("staff"), theme=cookie)
    assert f'data-bs-theme="{theme}" data-theme="{chosen}"' in shown


def test_the_other_languages_keep_the_page(render_page):
    shown = render_page(PAGE.format("staff"), language="fr")
    assert 'lang="ar" hreflang="ar"' in shown
    assert 'lang="fr" hreflang="fr"' not in shown


def test_the_menu_shows_where_one_is(render_page):
    entries = [
        {"label": "Companies", "url": "/c", "icon": "building", "active": True, "count": 3},
        {"label": "B", "url": "/b"},
    ]
    shell = {"groups": [{"label": "Residents", "entries": entries}], "person": {"name": "Salma Idrissi"}}
    shown = render_page(PAGE.format("staff"), shell=shell)
    assert shown.count('aria-current="page"') == 1
    assert "Salma Idrissi" in shown


@pytest.mark.parametrize("name", paths())
def test_every_template_compiles_and_obeys_the_policy(name):
    get_template(name)
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"(?:src|href)=\"https?:", source)
    assert not re.search(r"\son[a-z]+=\"", source)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context(name):
    shown = get_template(name).render({})
    assert "<h1>" in shown
    assert "<c-" not in shown


def test_the_gallery_shows_every_component(render_page, rf):
    from fondouk.ui.web import specimens

    shown = render_page(
        (TEMPLATES / "ui/kit/gallery.html").read_text(), **specimens.context(rf.get("/fr/kit/"))
    )
    assert "<c-" not in shown
    # Cotton leaves an attribute that does not compile as it was written.
    assert not re.search(r"\{\{|\{%", shown)
    used = "".join(path.read_text() for path in (TEMPLATES / "ui").rglob("*.html"))
    shown_in_kit = {
        name
        for name in (path.stem for path in (TEMPLATES / "cotton").glob("*.html"))
        if f"<c-{name}" not in used
    }
    assert shown_in_kit - {"form-errors", "section", "key-value"} == set()
