# ruff: noqa: E501 - XML on one line
"""Files that come from outside: damaged, encrypted, renamed, or made to harm."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fondouk.imports.workbooks import MAX_BYTES, RawSheet, UnreadableBook, open_book
from fondouk.imports.workbooks.opening import REASONS, WARNINGS

from . import books

MIME = "application/vnd.oasis.opendocument.spreadsheet"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def reason(path: Path) -> str:
    with pytest.raises(UnreadableBook) as caught:
        open_book(path)
    assert str(caught.value) == str(REASONS[caught.value.code])
    return caught.value.code


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def archive(path: Path, parts: dict[str, bytes], **options: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as made:  # type: ignore[arg-type]
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def xlsx(path: Path, sheet: str = "") -> Path:
    """A workbook whose first sheet is the XML given, as others write it."""
    books.write_xlsx(path, {"A": [["x", "y"], [1, 2]]})
    if sheet:
        replace(path, {"xl/worksheets/sheet1.xml": sheet.encode()})
    return path


def replace(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    return archive(path, {**kept, **parts})


def worksheet(cells: str) -> str:
    return (
        f'{XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def ods(path: Path, rows: str, **parts: bytes) -> Path:
    content = (
        f'{XML}<office:document-content {OFFICE} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return archive(
        path,
        {
            "mimetype": MIME.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            **parts,
        },
    )


def test_missing_and_empty_files(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.xlsx") == "missing"
    assert reason(tmp_path) == "folder"
    assert reason(Path("a\x00b")) == "missing"
    assert reason(save(tmp_path / "empty.xlsx", b"")) == "empty"


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    began = time.monotonic()
    assert reason(path) == "too large"
    assert time.monotonic() - began < 0.5
    assert MAX_BYTES < 200 * 1024**2


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\n",
        b"<!DOCTYPE html><html><table><tr><td>a;b</td></tr></table></html>",
        b"<html><body>a;b</body></html>",
        b"{\\rtf1\\ansi a;b\nc;d}",
        b'{"a": 1, "b": 2}',
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"\x7fELF" + bytes(2000),
        b"one single column\nof text\n",
    ],
)
def test_what_is_no_workbook_whatever_its_name(content: bytes, tmp_path: Path) -> None:
    assert reason(save(tmp_path / "book.xlsx", content)) == "type"


def test_a_text_document_in_an_archive_is_no_workbook(tmp_path: Path) -> None:
    assert (
        reason(
            archive(tmp_path / "letter.xlsx", {"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})
        )
        == "type"
    )


def test_password_protected_and_old_books(tmp_path: Path) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entry = "EncryptedPackage".encode("utf-16-le")
    assert reason(save(tmp_path / "locked.xlsx", compound + entry + bytes(1024))) == "encrypted"
    assert (
        reason(save(tmp_path / "old.xls", compound + "Workbook".encode("utf-16-le") + bytes(1024))) == "old"
    )
    manifest = b'<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    locked = ods(
        tmp_path / "locked.ods", "", **{"META-INF/manifest.xml": manifest, "content.xml": os.urandom(500)}
    )
    assert reason(locked) == "encrypted"


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx")
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    assert reason(save(path, bytes(content))) == "encrypted"


def test_a_bomb_of_one_part(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "bomb.xlsx")
    replace(path, {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (340 * 1024**2)})
    began = time.monotonic()
    assert reason(path) == "bomb"
    assert time.monotonic() - began < 15


def test_a_bomb_within_a_bomb_is_measured_as_what_it_is(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(200 * 1024**2))
    path = replace(xlsx(tmp_path / "nested.xlsx"), {f"xl/media/{n}.zip": inner.getvalue() for n in range(3)})
    assert [sheet.name for sheet in open_book(path).sheets] == ["A"]  # nobody unpacks what is packed within


def test_an_archive_of_many_parts(tmp_path: Path) -> None:
    path = replace(xlsx(tmp_path / "many.xlsx"), {f"xl/media/{n}": b"" for n in range(6000)})
    assert reason(path) == "bomb"


def test_a_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    """It says 100 bytes, and unpacks to 340 MB: what counts is what it unpacks to."""
    path = xlsx(tmp_path / "liar.xlsx")
    replace(path, {"xl/worksheets/sheet1.xml": b" " * (340 * 1024**2)})
    content = bytearray(path.read_bytes())
    for signature, offset, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = content.find(signature)
        while place >= 0:
            if content[place + name_at :].startswith(b"xl/worksheets/sheet1.xml"):
                content[place + offset : place + offset + 4] = struct.pack("<I", 100)
            place = content.find(signature, place + 4)
    assert reason(save(path, bytes(content))) == "bomb"
    small = replace(xlsx(tmp_path / "small.xlsx"), {"xl/worksheets/sheet1.xml": worksheet("").encode()})
    content = bytearray(small.read_bytes())
    place = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[place + 24 : place + 28] = struct.pack("<I", 7)
    assert reason(save(small, bytes(content))) == "broken"


def test_a_value_in_the_last_cell(tmp_path: Path) -> None:
    last = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert reason(xlsx(tmp_path / "far.xlsx", worksheet(last))) == "sparse"
    hidden = last.replace('<c r="XFD', "<c  foo='1'\n r = \"XFD")
    assert reason(xlsx(tmp_path / "far.xlsx", worksheet(hidden))) in ("bomb", "broken", "sparse")


def test_a_style_in_the_last_cell_is_nothing(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert open_book(xlsx(tmp_path / "styled.xlsx", worksheet(cells))).sheets[0].rows == [[1]]


def test_an_ods_that_repeats_one_cell_for_ever(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    )
    assert reason(ods(tmp_path / "wide.ods", f"<table:table-row>{cell}</table:table-row>")) == "sparse"
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    assert reason(ods(tmp_path / "long.ods", row)) == "sparse"


def test_an_ods_ends_in_empty_cells_repeated(tmp_path: Path) -> None:
    """As every spreadsheet program writes them."""
    row = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert open_book(ods(tmp_path / "usual.ods", row)).sheets[0].rows == [["a", 2, 2]]


def test_entities_that_grow_are_not_followed(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    path = xlsx(tmp_path / "laughs.xlsx", worksheet(cells).replace(XML, XML + laughs))
    try:
        assert "ha" not in str(open_book(path).sheets[0].rows)
    except UnreadableBook as refused:
        assert refused.code == "broken"


def test_macros_and_links_are_said_and_values_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "macros.xlsm")
    replace(path, {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    found = open_book(path)
    assert found.warnings == ["links", "macros"]
    assert found.sheets[0].rows == [["x", "y"], [1, 2]]


def test_formulas_give_the_value_they_were_saved_with(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
    )
    found = open_book(xlsx(tmp_path / "saved.xlsx", worksheet(cells)))
    assert (found.sheets[0].rows, found.warnings) == ([[2, "ab"]], [])


def test_formulas_never_computed_and_errors_read_as_empty_and_are_said(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a", "=1+1", "#N/A"])  # type: ignore[union-attr]
    workbook.save(tmp_path / "raw.xlsx")
    found = open_book(tmp_path / "raw.xlsx")
    assert (found.sheets[0].rows, found.warnings) == ([["a"]], ["errors", "formulas"])
    assert set(found.warnings) <= set(WARNINGS)


def test_hidden_sheets_are_said(tmp_path: Path) -> None:
    path = books.write_xlsx(tmp_path / "book.xlsx", {"Shown": [["a", "b"]], "Hidden": [["c", "d"]]})
    workbook = load_workbook(path)
    workbook["Hidden"].sheet_state = "hidden"
    workbook.save(path)
    found = open_book(path)
    assert [(sheet.name, sheet.is_hidden) for sheet in found.sheets] == [("Shown", False), ("Hidden", True)]
    assert found.warnings == ["hidden"]


def test_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    path = books.write_xlsx(tmp_path / "book.xlsx", {"A": [[], [], [None, None, "x"], [], ["y"]]})
    assert open_book(path).sheets[0].rows == [[], [], [None, None, "x"], [], ["y"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_in_every_dress(encoding: str, separator: str, tmp_path: Path) -> None:
    rows = [
        ["Société", "Activité", "CA"],
        ["Café", "Été, « hiver »; printemps", "1 200,50"],
        ["Œuvre", None, "3"],
    ]
    path = books.write_csv(tmp_path / "Liste.csv", rows, encoding=encoding, separator=separator)
    assert open_book(path).sheets == [RawSheet("Liste", [rows[0], rows[1], rows[2]], is_text=True)]


def test_csv_that_names_its_separator(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", b"sep=;\r\na,b;c\r\n")
    assert open_book(path).sheets[0].rows == [["sep="], ["a,b", "c"]]


def _whole(tmp_path: Path) -> list[bytes]:
    names: list[tuple[Callable[[Path], Path], str]] = [
        (books.wide_book, "a.xlsx"),
        (books.arabic_book, "b.ods"),
    ]
    return [make(tmp_path / name).read_bytes() for make, name in names]


def test_truncated_and_altered_archives(tmp_path: Path) -> None:
    chance = random.Random(7)
    for content in _whole(tmp_path):
        for _attempt in range(5):
            altered = bytearray(
                content[: chance.randrange(1, len(content))] if chance.random() < 0.5 else content
            )
            for _change in range(chance.randrange(6)):
                altered[chance.randrange(len(altered))] = chance.randrange(256)
            path = save(tmp_path / "altered.xlsx", bytes(altered))
            try:
                open_book(path)
            except UnreadableBook as refused:
                assert refused.code in REASONS


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    content=st.binary(min_size=1, max_size=3000),
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"a;b\n"]),
)
def test_random_bytes(content: bytes, head: bytes, tmp_path: Path) -> None:
    path = save(tmp_path / "random.xlsx", head + content)
    try:
        open_book(path)
    except UnreadableBook as refused:
        assert refused.code in REASONS


def test_a_sheet_of_beginnings_is_read_once(tmp_path: Path) -> None:
    """Each `<c ` looks for the end of its tag: were that not bounded, this would take minutes."""
    cells = '<row r="1"><c r="A1"><v>7</v></c></row>'
    book = xlsx(
        tmp_path / "a.xlsx", worksheet(cells).replace("<sheetData>", f"<!--{'<c ' * 700_000}--><sheetData>")
    )
    assert open_book(book).sheets[0].rows == [[7]]
