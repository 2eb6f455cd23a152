"""Catalogues of messages, with Babel: no gettext tools are needed.

`python -m fondouk.project.cli.translations compile | update | check`. Messages are written in English in the
source; French and Arabic have a catalogue each, and must be complete.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2]
LANGUAGES = ("fr", "ar")

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Cotton's dynamic attributes, :label="_('Save')", are plain text to Django's own extraction.
ATTRIBUTE = re.compile(r"""\s:[\w.-]+=(?:"([^"]*)"|'([^']*)')""")
CALL = re.compile(r"""\b_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)\}")
# Catalogues carry no date of their own: two branches that add messages must not quarrel over one line.
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fault:
    """Something that a reader of one language would stumble over."""

    language: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.message!r}"


def catalogue_path(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def extract_messages(package: Path = PACKAGE) -> Catalog:
    """Every message of the source, as a catalogue without translations."""
    found = Catalog(project="Fondouk", creation_date=UNDATED, revision_date=UNDATED, fuzzy=False)
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(package)
        if path.suffix == ".py" and "migrations" not in relative.parts:
            messages = list(_from_python(path.read_bytes()))
        elif path.suffix in {".html", ".txt"} and "templates" in relative.parts:
            messages = list(_from_template(path.read_text(), str(relative)))
        else:
            continue
        for _line, message, comments, context in messages:
            found.add(message, None, [(str(relative), 1)], auto_comments=comments, context=context)
    return found


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Write a .mo beside each .po whose content changed since."""
    written = []
    for language in LANGUAGES:
        source = catalogue_path(language, package)
        if not source.is_file():
            continue
        target = source.with_suffix(".mo")
        buffer = io.BytesIO()
        write_mo(buffer, _read(language, package))
        if not target.is_file() or target.read_bytes() != buffer.getvalue():
            target.write_bytes(buffer.getvalue())
            written.append(target)
    return written


def update_catalogues(package: Path = PACKAGE) -> None:
    """Bring the .po files to the messages of the source; no guesses, and nothing obsolete stays."""
    template = extract_messages(package)
    for language in LANGUAGES:
        path = catalogue_path(language, package)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = Catalog(locale=language, project="Fondouk")
        if path.is_file():
            catalogue = _read(language, package)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = UNDATED
        catalogue.fuzzy = False
        buffer = io.BytesIO()
        write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
        path.write_bytes(buffer.getvalue())


def find_faults(package: Path = PACKAGE) -> list[Fault]:
    """What is missing, untranslated, fuzzy, obsolete, or has lost a placeholder, in every language."""
    template = extract_messages(package)
    faults = []
    for language in LANGUAGES:
        if not catalogue_path(language, package).is_file():
            faults.append(Fault(language, "no catalogue", str(catalogue_path(language, package))))
            continue
        catalogue = _read(language, package)
        for message in template:
            if message.id:
                translated = catalogue.get(message.id, message.context)
                faults += [Fault(language, kind, _shown(message)) for kind in _faults_of(message, translated)]
        for message in catalogue:
            if message.id and template.get(message.id, message.context) is None:
                faults.append(Fault(language, "obsolete", _shown(message)))
        faults += [Fault(language, "obsolete", _shown(message)) for message in catalogue.obsolete.values()]
    return faults


def _faults_of(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "missing"
        return
    if translated.fuzzy:
        yield "fuzzy"
    strings = translated.string if isinstance(translated.string, tuple | list) else (translated.string,)
    if not all(strings):
        yield "untranslated"
        return
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    allowed = {name for source in sources for name in _placeholders(source)}
    for string in map(str, strings):
        # A plural form may leave out the number ("one day"); it may never name what is not given.
        unknown = _placeholders(string) - allowed
        lost = allowed - _placeholders(string) if len(sources) == 1 else set()
        if unknown or lost:
            yield "placeholders differ"
            return


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


def _from_python(source: bytes) -> Iterator[Any]:
    yield from extract("python", io.BytesIO(source), KEYWORDS, ("Translators:",), {"encoding": "utf-8"})


def _from_template(source: str, name: str) -> Iterator[Any]:
    from django.utils.translation.template import templatize

    # Indentation means nothing in a template, and would stop Python's own tokenizer.
    lines = (line.lstrip() for line in templatize(source, origin=name).splitlines())
    yield from _from_python("\n".join(lines).encode())
    for attribute in ATTRIBUTE.finditer(source):
        for call in CALL.finditer(attribute.group(1) or attribute.group(2) or ""):
            text = (call.group(1) or call.group(2)).replace("\\'", "'").replace('\\"', '"')
            yield source.count("\n", 0, attribute.start()) + 1, text, [], None


def _read(language: str, package: Path) -> Catalog:
    with catalogue_path(language, package).open("rb") as file:
        return read_po(file, locale=language)


def _shown(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


@click.group()
def main() -> None:
    """Catalogues of messages."""


@main.command("compile")
def compile_command() -> None:
    """Write what the program reads (.mo) from what people write (.po)."""
    for path in compile_catalogues():
        click.echo(f"Compiled {path.relative_to(PACKAGE)}")


@main.command("update")
def update_command() -> None:
    """Bring the catalogues to the messages of the source."""
    update_catalogues()
    for fault in find_faults():
        click.echo(str(fault))


@main.command("check")
def check_command() -> None:
    """List what a reader would stumble over; leave with 1 when there is anything."""
    faults = find_faults()
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main(prog_name="translations")
