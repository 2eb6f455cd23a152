"""A file is what its content says, whatever its name says."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.files.sniffing import (
    CSV,
    DOCX,
    ENDINGS,
    ODP,
    ODS,
    ODT,
    PDF,
    PPTX,
    UNKNOWN,
    XLSM,
    XLSX,
    content_type,
)

from .samples import (
    CSV_BYTES,
    ELF_BYTES,
    EXE_BYTES,
    HTML_BYTES,
    JPEG_BYTES,
    PDF_BYTES,
    PNG_BYTES,
    SVG_BYTES,
    WEBP_BYTES,
    archive,
    office,
)


def sniff(content: bytes, name: str) -> str:
    return content_type(io.BytesIO(content), name)


@pytest.mark.parametrize("name", ["a.pdf", "a.exe", "a", "a.docx"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_BYTES, PDF),
        (PNG_BYTES, "image/png"),
        (JPEG_BYTES, "image/jpeg"),
        (WEBP_BYTES, "image/webp"),
        (office(DOCX), DOCX),
        (office(XLSX), XLSX),
        (office(PPTX), PPTX),
        (office(XLSM), XLSM),
        (office(ODS), ODS),
        (office(ODT), ODT),
        (office(ODP), ODP),
        (office(XLSX, padding=100_000), XLSX),
        (office(ODT, padding=100_000), ODT),
    ],
)
def test_content_decides_and_the_name_does_not(content: bytes, kind: str, name: str) -> None:
    assert sniff(content, name) == kind


@pytest.mark.parametrize("name", ["a.pdf", "a.csv", "a.txt", "a.xlsx", "a.png"])
@pytest.mark.parametrize(
    "content",
    [
        EXE_BYTES,
        ELF_BYTES,
        HTML_BYTES,
        SVG_BYTES,
        b"\xef\xbb\xbf" + HTML_BYTES,
        b"\n\n  " + SVG_BYTES,
        b"\xff\xfe" + "<html>".encode("utf-16-le"),
        b"#!/bin/sh\nrm -rf /\n",
        b"%!PS-Adobe-3.0\n",
        b"{\\rtf1 hello}",
        b"",
        b"   ",
        archive({"evil.exe": EXE_BYTES}),
        archive({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}),
        archive({"[Content_Types].xml": b"", "word/document.xml": b"", "xl/workbook.xml": b""}),
        archive({"mimetype": b"application/epub+zip"}),
        b"PK\x03\x04 and nothing more",
    ],
)
def test_what_is_not_known_is_nothing(content: bytes, name: str) -> None:
    assert sniff(content, name) == UNKNOWN


def test_text_is_a_table_only_under_the_name_of_one() -> None:
    assert sniff(CSV_BYTES, "a.csv") == sniff(CSV_BYTES, "A.TXT") == CSV
    assert sniff("Société;é\n".encode("cp1252"), "a.csv") == CSV
    assert sniff(b"\xff\xfe" + "a;b\n1;2\n".encode("utf-16-le"), "a.csv") == CSV
    assert sniff(CSV_BYTES, "a.pdf") == UNKNOWN
    assert sniff(b"a;b\x00\x01\x02\x03", "a.csv") == UNKNOWN


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.pdf", "a.xlsx", "é", ""]))
def test_no_bytes_make_it_stumble(content: bytes, name: str) -> None:
    assert sniff(content, name) in {*ENDINGS, UNKNOWN}


@given(st.binary(max_size=300))
def test_no_broken_archive_makes_it_stumble(content: bytes) -> None:
    whole = office(XLSX)
    assert sniff(whole[: len(content)] + content, "a.xlsx") in {*ENDINGS, UNKNOWN}
    assert sniff(b"PK\x03\x04" + content, "a.xlsx") in {*ENDINGS, UNKNOWN}


def test_an_archive_of_very_many_parts_is_not_even_listed() -> None:
    crowd = archive({f"part-{number:06}": b"" for number in range(40_000)})
    assert sniff(crowd, "a.xlsx") == UNKNOWN


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99]
)
@pytest.mark.parametrize("filling", [b"\xff" * 50, b"\x00" * 50, b"\x09\x14\x05\x00" + b"\xff" * 46])
def test_a_part_that_does_not_unpack_is_of_no_known_type(method: int, filling: bytes) -> None:
    """Its bytes are put in by hand: a directory that promises what the part does not hold."""
    name = b"mimetype"
    entry = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, 0, len(filling), 9999, len(name), 0)
    directory = b"PK\x01\x02\x14\x00" + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    local = b"PK\x03\x04" + entry + name + filling
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)
    assert content_type(io.BytesIO(local + directory + end), "x.ods") == UNKNOWN
