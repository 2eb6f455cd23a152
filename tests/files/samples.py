"""Small files of each kind, and files that pretend."""

from __future__ import annotations

import io
import zipfile
from typing import ClassVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from fondouk.files.sniffing import DOCX, ODP, ODS, ODT, PPTX, XLSM, XLSX

PDF_BYTES = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG_BYTES = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)
JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
WEBP_BYTES = (
    b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07"
)
EXE_BYTES = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
ELF_BYTES = b"\x7fELF\x02\x01\x01" + bytes(200)
HTML_BYTES = b"<!doctype html><script>alert(1)</script>"
SVG_BYTES = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CSV_BYTES = "Société;ICE\nKhettara;\n".encode()


class FarAway(Storage):
    """Like S3: bytes under a name, and no path."""

    kept: ClassVar[dict[str, bytes]] = {}

    def _save(self, name: str, content: File) -> str:
        self.kept[name] = content.read()
        return name

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        return ContentFile(self.kept[name], name)

    def exists(self, name: str) -> bool:
        return name in self.kept


MAIN = {XLSX: "xl/workbook.xml", DOCX: "word/document.xml", PPTX: "ppt/presentation.xml"}


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(kind: str, *, padding: int = 0) -> bytes:
    """Its main part may stand far from the first bytes, as in the files of some programs."""
    parts = {"docProps/thumbnail.jpeg": bytes(padding)} if padding else {}
    if kind == XLSM:
        return archive({**parts, "[Content_Types].xml": b"", MAIN[XLSX]: b"", "xl/vbaProject.bin": b""})
    if kind in (ODS, ODT, ODP):
        return archive({"mimetype": kind.encode(), **parts, "content.xml": b"", "META-INF/manifest.xml": b""})
    return archive({**parts, "[Content_Types].xml": b"", MAIN[kind]: b""})
