"""Building XML: elements with a prefix, children that may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

Child = ElementTree.Element | str | None


class Builder:
    """`prefixes` are the namespaces by prefix; the one under "" is that of names without a prefix."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes

    def __call__(self, name: str, *children: Child, **attributes: str) -> ElementTree.Element:
        """`name` is `prefix:Local` or `Local`. Children that are None are left out."""
        prefix, _colon, local = name.rpartition(":")
        made = ElementTree.Element(f"{{{self.prefixes[prefix]}}}{local}", attributes)
        for child in children:
            if isinstance(child, str):
                made.text = child
            elif child is not None:
                made.append(child)
        return made

    def text(self, name: str, value: str, **attributes: str) -> ElementTree.Element | None:
        """None where there is nothing to say: no element is empty (PEPPOL-EN16931-R008)."""
        return self(name, value, **attributes) if value else None

    def written(self, root: ElementTree.Element) -> bytes:
        """UTF-8, with these prefixes."""
        for prefix, space in self.prefixes.items():
            ElementTree.register_namespace(prefix, space)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def amount(value: Decimal) -> str:
    """Two decimals (BR-DEC)."""
    return f"{value:.2f}"


def exact(value: Decimal) -> str:
    """As many decimals as it has: quantities and prices may have four."""
    return f"{value.normalize():f}"


def compact(day: date) -> str:
    """UN/CEFACT 2379, format 102."""
    return f"{day:%Y%m%d}"


def one_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())
