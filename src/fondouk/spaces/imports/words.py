"""How people write kinds of spaces, floors, and rooms that join others."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.schema import Bad, Heading
from fondouk.imports.vocabulary import Vocabulary
from fondouk.lib.text import fold, squash
from fondouk.spaces.enums import SpaceKind

KINDS = Vocabulary(
    {
        SpaceKind.STARTUP_OFFICE: ("bureau startup", "startup office", "مكتب ناشئة", "bureau start-up", "bureau jeune pousse", "startup", "مكتب شركة ناشئة"),
        SpaceKind.SME_OFFICE: ("bureau pme", "SME office", "مكتب مقاولة", "bureau pme/pmi", "pme", "pme/pmi", "bureau entreprise"),
        SpaceKind.OFFICE: ("bureau", "office", "مكتب", "bureau équipé", "bureau privatif", "bureau fermé", "private office", "local", "local bureau"),
        SpaceKind.FLOOR_PLATE: ("plateau", "open floor", "طابق مفتوح", "plateau de bureaux", "plateau bureau", "open space", "floor plate"),
        SpaceKind.COWORKING: ("coworking", "coworking space", "فضاء مشترك", "co-working", "espace coworking", "espace de coworking", "poste de travail", "bureau partagé", "فضاء العمل المشترك", "hot desk"),
        SpaceKind.DESK: ("poste à la journée", "desk", "منصب عمل", "bureau de passage", "poste de passage", "day desk"),
        SpaceKind.MEETING_ROOM: ("salle de réunion", "meeting room", "قاعة اجتماعات", "salle réunion", "réunion", "salle", "meeting", "boardroom", "قاعة"),
        SpaceKind.TRAINING_ROOM: ("salle de formation", "training room", "قاعة تكوين", "formation", "salle de cours", "classroom"),
        SpaceKind.AMPHITHEATRE: ("amphithéâtre", "amphitheatre", "مدرج", "amphi", "auditorium", "salle de conférence", "conférence"),
        SpaceKind.HALL: ("hall", "exhibition hall", "بهو", "hall d'exposition", "espace événementiel", "showroom", "event space"),
        SpaceKind.LAB: ("laboratoire", "laboratory", "مختبر", "labo", "lab", "fablab", "atelier", "workshop"),
        SpaceKind.STUDIO: ("studio", "recording studio", "استوديو", "studio d'enregistrement"),
        SpaceKind.BOOTH: ("cabine", "booth", "مقصورة", "box", "cabine téléphonique", "phone booth"),
        SpaceKind.STORAGE: ("stockage", "storage", "مخزن", "réserve", "local technique", "archives", "dépôt"),
        SpaceKind.OTHER: ("autre", "other", "أخرى", "divers", "cafétéria", "restaurant"),
    }
)  # fmt: skip

GROUND = {
    squash(word)
    for word in (
        "RDC", "rez-de-chaussée", "rez de chaussee", "rez", "ground", "ground floor", "G", "GF", "RC", "RDJ", "rez-de-jardin",
        "الطابق الأرضي", "الأرضي", "طابق أرضي", "السفلي", "0",
    )
}  # fmt: skip
FLOOR = re.compile(
    r"^(?:etage|niveau|level|floor|et|niv|r\+|r|n|ن|الطابق|طابق)?([+-]?\d{1,2})(?:er|ere|e|eme|nd|nde|st|rd|th)?"
    r"(?:etage|niveau|floor|level)?$"
)
BASEMENT = re.compile(r"^(?:ss|soussol|s/sol|basement|b|القبو|قبو)(?:no|n)?-?(\d{0,2})$")
NAMED_FLOORS = {
    squash(word): level
    for level, words in enumerate(
        (
            ("premier", "premier étage", "first", "first floor", "الأول", "الطابق الأول"),
            ("deuxième", "deuxième étage", "second", "second floor", "الثاني", "الطابق الثاني"),
            ("troisième", "troisième étage", "third", "third floor", "الثالث", "الطابق الثالث"),
            ("quatrième", "quatrième étage", "fourth", "fourth floor", "الرابع", "الطابق الرابع"),
            ("cinquième", "cinquième étage", "fifth", "fifth floor", "الخامس", "الطابق الخامس"),
        ),
        start=1,
    )
    for word in words
}
COMBINED = re.compile(r"^(?P<stem>.*?)(?P<letters>[^\s+&]+(?:\s*[+&]\s*[^\s+&]+)+)$")
ROOM_WORDS = ("Salle", "Bureau", "Room", "Office", "قاعة", "مكتب")


def space_kind(value: Any, heading: Heading) -> SpaceKind | None:
    """A known word, or the longest known beginning: "Bureau startup 12 m²". Anything else is "other"."""
    word = readers.text(value, heading)
    if word is None:
        return None
    if found := KINDS.find(word):
        return found
    squashed = squash(word)
    known = [name for name in KINDS.index if len(name) > 3 and squashed.startswith(name)]
    return KINDS.index[max(known, key=len)] if known else SpaceKind.OTHER


def is_known_kind(word: Any) -> bool:
    return KINDS.find(str(word)) is not None


def floor_level(value: Any, heading: Heading) -> int | None:
    """`RDC` is 0, `SS1` is -1, `2ème étage` is 2."""
    word = readers.text(value, heading)
    if word is None:
        return None
    squashed = squash(word)
    if squashed in GROUND and "+" not in word:
        return 0
    if squashed in NAMED_FLOORS:
        return NAMED_FLOORS[squashed]
    compact = fold(word).replace(" ", "").replace("°", "").replace(".", "").replace("ᵉ", "e")
    if found := BASEMENT.match(compact.replace("-", "") if "-" in compact[:5] else compact):
        return -int(found[1] or 1)
    if found := FLOOR.match(compact):
        return int(found[1])
    raise Bad("floor", _("“%(value)s” is not a floor. Write RDC, 1, 2 or SS1."))


def floor_word(level: int, language: str) -> str | int:
    """What an export writes; `floor_level` reads it back."""
    if level == 0:
        return {"fr": "RDC", "en": "Ground floor", "ar": "الطابق الأرضي"}[language]
    return (
        level
        if level > 0
        else {"fr": f"SS{-level}", "en": f"Basement {-level}", "ar": f"قبو {-level}"}[language]
    )


def combined_codes(code: str) -> list[list[str]]:
    """The codes of the rooms that a room may join, the likeliest first: "Salle A+B" joins "Salle A" and "Salle B",
    "T 202 + T 203" what stands on either side, "Atlas & Rif" perhaps "Salle Atlas" and "Salle Rif". None for a plain room.
    """
    whole = [piece.strip() for piece in re.split(r"[+&]", code)]
    if len(whole) < 2 or not all(whole):
        return []
    ways = [whole, *([f"{word} {piece}" for piece in whole] for word in ROOM_WORDS)]
    if found := COMBINED.match(code):
        pieces = re.split(r"[+&]", found["letters"])
        ways.insert(0, [f"{found['stem']}{piece.strip()}" for piece in pieces])
    return ways


def says_combined(kind: str) -> bool:
    """ "Salle combinée", "combined room": the kind itself says that the room joins others."""
    return bool(re.search(r"combin|modulable|مدمج", fold(kind)))


def made_of(value: Any, heading: Heading) -> list[str] | None:
    """Codes of the rooms that a room joins, separated by plus signs, commas, semicolons or line ends."""
    written = readers.paragraph(value, heading)
    if written is None:
        return None
    # One a line where there are several lines: then a sign may be part of a code.
    between = r"\n" if "\n" in written else r"[+;,&]|\bet\b|\band\b"
    return [" ".join(piece.split()) for piece in re.split(between, written) if piece.strip()] or None
