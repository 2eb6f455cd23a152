"""Factur-X 1.0: a PDF/A-3 whose metadata say which invoice is attached.

typst attaches the file and writes the PDF/A; the four properties of Factur-X, and the schema that explains them (ISO
19005-3, 6.6.2.3), are added to its metadata in an incremental update. typst writes them as plain text.
"""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfWriter

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
    """The PDF's metadata are not written as typst writes them: an update of typst has changed something."""


def with_schema(pdf: bytes) -> bytes:
    """The PDF, its metadata saying that it is Factur-X. Raises `UnknownMetadata`."""
    # What is added begins on a line of its own (ISO 19005-3, 6.1.9).
    writer = PdfWriter(io.BytesIO(pdf.rstrip() + b"\n"), incremental=True)
    stream: Any = writer.root_object["/Metadata"].get_object()
    said: bytes = stream.get_data()
    if said.count(END_OF_SCHEMAS) != 1 or said.count(END) != 1:
        raise UnknownMetadata(said[:2000])
    said = said.replace(END_OF_SCHEMAS, _SCHEMA.encode() + END_OF_SCHEMAS).replace(END, _SAID.encode() + END)
    stream.set_data(said)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
