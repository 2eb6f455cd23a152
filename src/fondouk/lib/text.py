"""Text made comparable: folding, keys that find the same company twice, initials for an avatar."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Marks of both scripts, the superscript alef and the tatweel: written or not, the word is the same.
_MARKS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
# Direction marks and zero-width signs that spreadsheets and right-to-left editors leave behind.
_INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")

_DIGITS: Final = {ord(sign): str(i) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for i, sign in enumerate(row)}
_LETTERS: Final = {
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("ß"): "ss",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("آ"): "ا",
    ord("ٱ"): "ا",
    ord("ى"): "ي",
    ord("ة"): "ه",
    **_DIGITS,
}


def ascii_digits(text: str) -> str:
    """Arabic-Indic digits (both rows) as 0-9, everything else untouched."""
    return text.translate(_DIGITS)


def drop_invisible(text: str) -> str:
    """Without direction marks, zero-width signs and soft hyphens."""
    return _INVISIBLE.sub("", text)


def writable(text: str) -> str:
    """Without the characters that no XML document may hold (XML 1.0, 2.2): a feed with one of them cannot be read."""
    return _UNWRITABLE.sub("", text)


def fold(text: str) -> str:
    """Lower case, no accents, no vowel signs, one alef, plain digits, single spaces. Idempotent."""
    # Twice each: some signs decompose into capitals, some capitals only lower into what decomposes.
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower()).lower()
    plain = _MARKS.sub("", drop_invisible(lowered)).translate(_LETTERS)
    return " ".join(plain.split())


def one_line(text: str) -> str:
    """Its words with one space between them: what comes from a line of a form may hold others."""
    return " ".join(text.split())


def squash(text: str) -> str:
    """`fold`, then letters and digits only."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


# Only legal forms. "Sté" and "Société" alone are part of how a company calls itself, and stay.
_FORMS: Final = (
    "sarl",
    "sarlau",
    "sa",
    "sas",
    "sasau",
    "sasu",
    "snc",
    "scs",
    "sca",
)
_FORM_PHRASES: Final = (
    "auto-entrepreneur",
    "autoentrepreneur",
    "auto-entrepreneuse",
    "coopérative",
    "association",
    "société à responsabilité limitée",
    "société à responsabilité limitée à associé unique",
    "société à responsabilité limitée d'associé unique",
    "société anonyme",
    "société anonyme simplifiée",
    "société par actions simplifiée",
    "société par actions simplifiée à associé unique",
    "société en nom collectif",
    "société en commandite simple",
    "société en commandite par actions",
    "ش م م",
    "ش م",
    "شركة ذات مسؤولية محدودة",
    "شركة ذات المسؤولية المحدودة",
    "ذات مسؤولية محدودة",
    "ذات المسؤولية المحدودة",
    "شركة ذات مسؤولية محدودة ذات شريك وحيد",
    "شركة ذات المسؤولية المحدودة ذات الشريك الوحيد",
    "ذات الشريك الوحيد",
    "شركة مساهمة",
    "شركة المساهمة",
    "مقاول ذاتي",
    "تعاونية",
    "جمعية",
)
_FORM_PIECES: Final = frozenset({"sarl", "sas", "au"})


def _tokens(folded: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", folded))


@lru_cache(maxsize=1)
def _phrases() -> frozenset[tuple[str, ...]]:
    return frozenset(_tokens(fold(phrase)) for phrase in _FORM_PHRASES)


_LONGEST: Final = max(len(phrase.split()) for phrase in _FORM_PHRASES) + 1


def _is_form(tokens: tuple[str, ...]) -> bool:
    if tokens in _phrases():
        return True
    if len(tokens) == 1:
        return tokens[0] in _FORMS
    spelt = all(len(token) == 1 or token in _FORM_PIECES for token in tokens)
    return spelt and "".join(tokens) in _FORMS


def company_key(name: str) -> str:
    """A key under which two spellings of one company meet: `squash` without the legal form at either end.

    Forms inside the name stay, and so does a name that is nothing but a legal form.
    """
    tokens = _tokens(fold(name))
    shrinking = True
    while tokens and shrinking:
        shrinking = False
        for length in range(min(_LONGEST, len(tokens)), 0, -1):
            if _is_form(tokens[-length:]):
                tokens, shrinking = tokens[:-length], True
                break
            if _is_form(tokens[:length]):
                tokens, shrinking = tokens[length:], True
                break
    return "".join(tokens) or squash(name)


def isolated(text: str) -> str:
    """A text with a direction of its own, whatever stands around it (Unicode, UAX 9: first strong isolate)."""
    return f"\u2068{text}\u2069"


def typed_key(text: str) -> int | None:
    """A primary key as an address or a form gives it, None for anything else. Eighteen digits fit every key."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def _graphemes(word: str) -> list[str]:
    """A base sign with the marks that sit on it."""
    found: list[str] = []
    for sign in word:
        if found and unicodedata.category(sign) in ("Mn", "Me", "Mc"):
            found[-1] += sign
        elif sign.isalnum():
            found.append(sign)
    return found


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def initials(name: str) -> str:
    """Two graphemes for an avatar: of the first and last word, or the first two of a single word.

    Arabic letters keep a space between them, or they would join into a syllable; their article is skipped.
    """
    clean = unicodedata.normalize("NFC", drop_invisible(name)).replace("\u0640", "")
    words = [letters for word in clean.split() if (letters := _graphemes(_without_article(word)))]
    if not words:
        return ""
    if len(words) == 1:
        pair = [words[0][0].upper(), *words[0][1:2]]
    else:
        pair = [words[0][0].upper(), words[-1][0].upper()]
    joint = " " if any(_ARABIC.search(sign) for sign in pair) else ""
    return joint.join(pair)
