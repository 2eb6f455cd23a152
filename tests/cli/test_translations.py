"""Catalogues: every kind of message is found, and what a reader would stumble over is named."""

from pathlib import Path

import pytest

from fondouk.project.cli.translations import (
    catalogue_path,
    compile_catalogues,
    extract_messages,
    find_faults,
    update_catalogues,
)

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
label = _("Company")
many = ngettext("%(count)s room", "%(count)s rooms", 3)
verb = pgettext_lazy("verb", "Open")
"""
TEMPLATE = """
{% load i18n %}
<h1>{% translate "Welcome" %}</h1>
<p>{% blocktranslate with name=person.name %}Good morning, {{ name }}{% endblocktranslate %}</p>
<c-button label="{% translate 'Save' %}" :title="_('Save it now')" :rows='_("Nothing here")' />
{{ _("Inside") }}
"""
EXPECTED = {
    "Company",
    ("%(count)s room", "%(count)s rooms"),
    "Open",
    "Welcome",
    "Good morning, %(name)s",
    "Save",
    "Save it now",
    "Nothing here",
    "Inside",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "rooms" / "templates").mkdir(parents=True)
    (tmp_path / "rooms" / "models.py").write_text(PYTHON)
    (tmp_path / "rooms" / "templates" / "room.html").write_text(TEMPLATE)
    return tmp_path


def translate(package: Path, language: str, pairs: dict[str, str]) -> None:
    path = catalogue_path(language, package)
    content = path.read_text()
    for source, target in pairs.items():
        content = content.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(content)


def kinds(package: Path, language: str) -> dict[str, str]:
    return {fault.message: fault.kind for fault in find_faults(package) if fault.language == language}


def test_messages_of_python_templates_and_cotton_attributes_are_found(package: Path) -> None:
    assert {message.id for message in extract_messages(package) if message.id} == EXPECTED
    assert extract_messages(package).get("Open", "verb") is not None


def test_every_fault_is_named(package: Path) -> None:
    assert {fault.kind for fault in find_faults(package)} == {"no catalogue"}
    update_catalogues(package)
    assert kinds(package, "fr")["Welcome"] == "untranslated"
    assert kinds(package, "fr")["%(count)s room"] == "untranslated"

    translate(package, "fr", {"Welcome": "Bienvenue", "Good morning, %(name)s": "Bonjour, %(nom)s"})
    assert "Welcome" not in kinds(package, "fr")
    assert kinds(package, "fr")["Good morning, %(name)s"] == "placeholders differ"
    assert kinds(package, "ar")["Welcome"] == "untranslated"

    models = package / "rooms" / "models.py"
    models.write_text(PYTHON.replace("Company", "Firm"))
    assert kinds(package, "fr")["Firm"] == "missing"
    assert kinds(package, "fr")["Company"] == "obsolete"
    update_catalogues(package)
    assert "Company" not in kinds(package, "fr")


def test_an_update_without_news_changes_nothing(package: Path) -> None:
    update_catalogues(package)
    before = catalogue_path("ar", package).read_bytes()
    update_catalogues(package)
    assert catalogue_path("ar", package).read_bytes() == before


def test_only_what_changed_is_compiled(package: Path) -> None:
    update_catalogues(package)
    assert len(compile_catalogues(package)) == 2
    assert compile_catalogues(package) == []
    translate(package, "fr", {"Welcome": "Bienvenue"})
    assert compile_catalogues(package) == [catalogue_path("fr", package).with_suffix(".mo")]


def test_no_reader_of_fondouk_meets_an_untranslated_string() -> None:
    assert [str(fault) for fault in find_faults()] == []
