"""A file is what its content says, whatever its name says."""

from __future__ import annotations

import io

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
