"""The cell that names whoever is in charge: often with a civility, a title, a telephone number and an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fondouk.imports import readers
from fondouk.imports.schema import Heading
from fondouk.lib.emails import BrokenEmail, parse_email
from fondouk.lib.phones import Phone, UnreadablePhone, parse_phone
from fondouk.lib.text import squash

EMAIL = re.compile(r"[^\s<>()\[\],;:/|]+@[^\s<>()\[\],;:/|]+")
PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s().-]{7,18}\d")
CIVILITY = re.compile(
    r"^(?:m\.|mr\.?|mme\.?|mlle\.?|mrs\.?|ms\.?|monsieur|madame|mademoiselle|السيدة?|الآنسة)\s+",
    re.IGNORECASE,
)
TITLE = re.compile(r"\(([^()]{2,60})\)")
LABEL = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|gsm|mobile|portable|e-?mail|courriel|phone|الهاتف|البريد)\b\.?\s*:?",
    re.IGNORECASE,
)
AROUND = " \t\n-–—,;:/|.<>()،؛"


@dataclass(frozen=True)
class Contact:
    """`name` without civility, unless a family name stands alone ("Mme Bennis"); empty where the cell holds none."""

    name: str
    title: str = ""
    email: str = ""
    phone: Phone | None = None


def contact_of(written: str) -> Contact:
    """ "M. Ali Idrissi (gérant) - 0661 23 45 67 - ali@contact.ma" taken apart; a plain name is a name."""
    rest, email, phone, title = written, "", None, ""
    if found := EMAIL.search(rest):
        try:
            email = parse_email(found[0])
            rest = rest.replace(found[0], " ", 1)
        except BrokenEmail:
            pass
    if (found := PHONE.search(rest)) and sum(sign.isdigit() for sign in found[0]) >= 9:
        try:
            phone = parse_phone(found[0])
            rest = rest.replace(found[0], " ", 1)
        except UnreadablePhone:
            pass
    if found := TITLE.search(rest):
        title, rest = found[1].strip(), rest.replace(found[0], " ", 1)
    if email or phone:
        rest = LABEL.sub(" ", rest).strip(AROUND)
    whole = " ".join(rest.split())
    name = CIVILITY.sub("", whole)
    return Contact(name if " " in name else whole, title, email, phone)


def contact(value: Any, heading: Heading) -> Contact | None:
    """Reader of the column: what means nothing ("NC") is nothing here, nobody is called so."""
    written = readers.text(value, heading)
    if written is None or not squash(written):
        return None
    return contact_of(written)
