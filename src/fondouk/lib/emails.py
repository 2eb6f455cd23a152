"""E-mail addresses as people paste them."""

import re
import unicodedata
from typing import Final, Literal

from fondouk.lib.text import drop_invisible

Reason = Literal["empty", "at", "space", "local", "domain", "length"]

_ATOM: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+")
_LABEL: Final = re.compile(r"[^\W_](?:[^_\W]|-)*")


class BrokenEmail(ValueError):
    """`reason`: "empty", "at" (not exactly one @), "space", "local" (before the @), "domain" (after it),
    "length".
    """

    def __init__(self, value: object, reason: Reason) -> None:
        self.value = value
        self.reason: Reason = reason
        super().__init__(f"{value!r}: {reason}")


def parse_email(value: object) -> str:
    """The address with its domain in lower case; the part before the @ is the owner's own and keeps its case.

    Trims, drops `mailto:` (with any `?subject=`) and enclosing angle brackets. Internationalised domains are
    kept as they are written. No question is asked of the network. Raises `BrokenEmail`.
    """
    if not isinstance(value, str):
        raise BrokenEmail(value, "empty" if value is None else "at")
    text = unicodedata.normalize("NFC", drop_invisible(value)).strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0].strip()
    if not text:
        raise BrokenEmail(value, "empty")
    if re.search(r"\s", text):
        raise BrokenEmail(value, "space")
    if text.count("@") != 1:
        raise BrokenEmail(value, "at")
    local, _, domain = text.partition("@")
    if not local or not all(_ATOM.fullmatch(atom) for atom in local.split(".")):
        raise BrokenEmail(value, "local")
    domain = domain.lower()
    _check_domain(domain, value)
    # RFC 5321, 4.5.3.1: 64 octets before the @, 254 in all.
    if len(local.encode()) > 64 or len(text.encode()) > 254:
        raise BrokenEmail(value, "length")
    return f"{local}@{domain}"


def _check_domain(domain: str, value: str) -> None:
    labels = domain.split(".")
    shaped = len(labels) >= 2 and all(_LABEL.fullmatch(label) and not label.endswith("-") for label in labels)
    if not shaped or len(labels[-1]) < 2 or labels[-1].isdigit():
        raise BrokenEmail(value, "domain")
    try:
        domain.encode("idna")
    except UnicodeError as error:
        raise BrokenEmail(value, "domain") from error
