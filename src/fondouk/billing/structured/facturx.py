"""Factur-X 1.0: a PDF/A-3 whose metadata say which invoice is attached.

typst attaches the file and writes the PDF/A; the four properties of Factur-X, and the schema that explains them (ISO
19005-3, 6.6.2.3), are added to its metadata in an incremental update. typst writes them as plain text.
"""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader

FILE_NAME = "factur-x.xml"
SPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
PROPERTIES = (
    ("DocumentFileName", FILE_NAME, "The name of the embedded XML document"),
    ("DocumentType", "INVOICE", "The type of the hybrid document in capital letters"),
    ("Version", "1.0", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "EN 16931", "The conformance level of the embedded XML document"),
)
END_OF_SCHEMAS = b"</rdf:Bag></pdfaExtension:schemas>"
END = b"</rdf:RDF>"

_SCHEMA = (
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
    f"<pdfaSchema:namespaceURI>{SPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq>"
    + "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{text}</pdfaProperty:description></rdf:li>"
        for name, _value, text in PROPERTIES
    )
    + "</rdf:Seq></pdfaSchema:property></rdf:li>"
)
_SAID = (
    f'<rdf:Description rdf:about="" xmlns:fx="{SPACE}">'
    + "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value, _text in PROPERTIES)
    + "</rdf:Description>"
)


class UnknownMetadata(Exception):
    """The PDF is not written as typst writes it: an update of typst has changed something."""


TRAILER = re.compile(rb"trailer\s*<<(?P<said>.*?)>>\s*startxref\s+(?P<place>\d+)\s+%%EOF\s*\Z", re.DOTALL)


def with_schema(pdf: bytes) -> bytes:
    """The PDF, its metadata saying that it is Factur-X. Raises `UnknownMetadata`.

    An incremental update (ISO 32000-1, 7.5.6): the object of the metadata once more, a section of the table of objects with
    it alone, a trailer that leads to the one before. pypdf reads; it would write too, and take the file apart for that,
    which is thrice the work of making it.
    """
    metadata: Any = PdfReader(io.BytesIO(pdf)).root_object.raw_get("/Metadata")
    said: bytes = metadata.get_object().get_data()
    trailer = TRAILER.search(pdf)
    if trailer is None or said.count(END_OF_SCHEMAS) != 1 or said.count(END) != 1:
        raise UnknownMetadata(said[:2000])
    said = said.replace(END_OF_SCHEMAS, _SCHEMA.encode() + END_OF_SCHEMAS).replace(END, _SAID.encode() + END)
    # What is added begins on a line of its own (ISO 19005-3, 6.1.9).
    before = pdf.rstrip() + b"\n"
    added = (
        b"%d 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n" % (metadata.idnum, len(said))
        + said
        + b"\nendstream\nendobj\n"
    )
    table = b"xref\n%d 1\n%010d 00000 n \n" % (metadata.idnum, len(before))
    end = b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer["said"],
        trailer["place"],
        len(before) + len(added),
    )
    return before + added + table + end
