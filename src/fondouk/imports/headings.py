"""What a header says: words reduced to those that count, a year, a unit."""

from __future__ import annotations

import re
from functools import lru_cache

from fondouk.lib.text import fold

from .schema import Heading

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](\d{2})(?!\d)")
DAY = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?(?!\d)")
DIRHAM = r"(?:dhs?|mad|dirhams?)"
ARABIC_DIRHAM = r"(?:ب?ال)?(?:درهم|دراهم)"
UNITS = (
    (
        "kmad",
        rf"\b(?:k[ .]?{DIRHAM}|(?:en |in )?(?:milliers?|thousands?)(?: (?:de|of))?(?: {DIRHAM})?|1000 ?dhs?|"
        rf"{DIRHAM} ?(?:k|milliers?|thousands?|['’]?000s?))\b|['’]?\b000'?s? ?{DIRHAM}\b",
    ),
    ("kmad", rf"ب?(?:آلاف|الاف|الف) ?{ARABIC_DIRHAM}"),
    (
        "mmad",
        rf"\b(?:m[ .]?{DIRHAM}|(?:en |in )?millions?(?: (?:de|of))?(?: {DIRHAM})?|{DIRHAM} ?(?:millions?|mio|mn?))\b",
    ),
    ("mmad", rf"ب?(?:ملايين|مليون) ?{ARABIC_DIRHAM}"),
    ("mad", rf"\b{DIRHAM}\b|{ARABIC_DIRHAM}"),
    ("m2", r"\b(?:m ?2|metres? carres?|sqm|sq\.? ?m)\b|متر مربع|م ?2"),
)
UNIT_PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in UNITS)

OTHER_MONEY = re.compile(r"[€$£]|\b(?:k?eur(?:os?)?|k?usd|dollars?|gbp|f?cfa|xof|us ?d)\b|[ايأ]ورو|دولار")
"""Money that is not dirhams: no rate is known, so such a column is left to the reader."""

PLANNED = re.compile(
    r"\b(?:previsionnel(?:le)?s?|prevision|prevue?s?|objectifs?|cibles?|budget(?:e|ee)?|estimee?s?|estimation|"
    r"forecast|target|planned|projected|budgeted|trimestr\w*|semestr\w*|quarter(?:ly)?|[tqs][1-4])\b|متوقع|فصلي|توقعات"
)
"""Words that make of a year's figure something else: a plan, or a part of the year."""

NO_LONGER = re.compile(r"\b(?:ancien(?:ne)?s?|precedent(?:e)?s?|old|former|previous)\b|سابق|قديم")

HARMLESS = re.compile(
    r"(?:ht|hors taxes?|total|totale|global|annuel|annuelle|annual|par an|an|yearly|(?:\d+ )?mois|par mois|"
    r"mensuel|mensuelle|monthly|ht mois|h t|nb|nbr|nbre|nombre|pers|personnes?|people|salaries|employes|postes?|places?|"
    r"net|nette|environ|declare|declaree|declared|reel|realise|indicatif|utile|شهريا|سنويا|المجموع|شخص|اشخاص)?"
)
"""What may stand in brackets beside a number without changing what it is."""

NUMBERED = re.compile(r"\bn\s*°|\bn\s*[.:]\s*(?=[^\W\d_]{2})")
SHARE = re.compile(r"%|\b(?:taux|pourcentage|percent(?:age)?|ratio|share|part des?)\b|نسبه")
STOPS = frozenset(
    (
        *("de", "d", "du", "des", "la", "le", "les", "l", "en", "au", "aux", "a", "par"),
        *("of", "the", "per", "in", "at"),
    )
)
SYNONYMS = {
    **dict.fromkeys(("nbre", "nbr", "nb", "nombre"), "nombre"),
    **dict.fromkeys(("numero", "num", "number", "no", "nr", "n"), "num"),
    **dict.fromkeys(("conv", "convention"), "convention"),
    **dict.fromkeys(("ref", "reference"), "reference"),
    **dict.fromkeys(("bat", "batiment"), "batiment"),
    **dict.fromkeys(("sup", "surf", "superficie", "surface"), "surface"),
    **dict.fromkeys(("eff", "effectif"), "effectif"),
    **dict.fromkeys(("adr", "adresse"), "adresse"),
    **dict.fromkeys(("soc", "societe", "ste"), "societe"),
    **dict.fromkeys(("tel", "telephone"), "telephone"),
    **dict.fromkeys(("cap", "capacite"), "capacite"),
    **dict.fromkeys(("dt", "date"), "date"),
}
# What is left of "au 31/12/2025" or "fin décembre 2025" once the year is gone.
AROUND_YEARS = frozenset(
    ("31", "12", "fin", "decembre", "dec", "exercice", "annee", "year", "end", "fy", "سنه", "برسم")
)


def _tokens(folded: str) -> list[str]:
    """Words, with the letters of an abbreviation together (i.c.e.), without plurals and articles."""
    tokens: list[str] = []
    singles = ""
    for token in [*re.findall(r"[^\W_]+", NUMBERED.sub(" num ", folded)), ""]:
        if len(token) == 1 and token.isalpha() and not (token in STOPS and not singles):
            singles += token
            continue
        if singles:
            tokens.append(singles)
            singles = ""
        if token:
            tokens.append(token)
    return tokens


def _reduced(token: str) -> str:
    if len(token) > 4 and token.startswith("ال"):
        token = token[2:]
    if len(token) > 3 and token.endswith("s") and token.isascii():
        token = token[:-1]
    elif len(token) > 4 and token.endswith("aux"):
        token = token[:-1] if token.endswith("eaux") else f"{token[:-2]}l"  # bureaux, locaux
    return SYNONYMS.get(token, token)


def header_key(text: str, *, without: frozenset[str] = frozenset()) -> str:
    """Equal for two ways of writing one header: `Date d'entrée` and `date entrée`, `N° Conv.` and `numéro
    convention`.
    """
    tokens = _tokens(fold(text))
    kept = [token for token in tokens if token not in without]
    counted = [
        _reduced(token) for token in kept if token not in STOPS
    ] or kept  # "Du" and "Au" are headers too
    if counted == ["num"] and "numero" not in tokens and "number" not in tokens:
        return ""  # a numbering column says nothing
    return "".join(counted)


@lru_cache(maxsize=4096)
def read_heading(written: str) -> Heading:
    """A header cell apart into words, year and unit: `CA 2025 (KDH)` → "ca", 2025, "kmad"."""
    text = " ".join(written.split())[:300]
    folded = fold(text)
    years = YEAR.findall(folded) or [f"20{year}" for year in SHORT_YEAR.findall(folded)]
    dateless = YEAR.sub(" ", DAY.sub(" ", folded)) if years or DAY.search(folded) else folded
    unit, unitless = _without_unit(dateless)
    _unit, folded_unitless = _without_unit(folded)
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", unitless)
    readings = [folded, folded_unitless, dateless, unitless, bare]
    keys = [header_key(reading) for reading in readings]
    if years:
        keys += [header_key(reading, without=AROUND_YEARS) for reading in (dateless, unitless, bare)]
    words = next((key for key in reversed(keys) if key), "")
    if not NO_LONGER.search(folded):  # "Company ID (ICE)": the brackets alone, when the rest means nothing
        keys += [header_key(remark) for remark in re.findall(r"\(([^)]*)\)", unitless)]
    if SHARE.search(folded):
        keys = []  # "% femmes" is no number of women
    unique = tuple(dict.fromkeys(key for key in keys if key))
    return Heading(
        text,
        words if unique else "",
        int(years[-1]) if years else None,
        unit,
        unique,
        is_plain=_is_plain(folded, unitless),
        is_whole_year=not _is_part_of_year(folded, years),
        is_month_first=bool(re.search(r"\bmm?\s?[/.-]\s?dd?\b", folded)),
    )


def _is_part_of_year(folded: str, years: list[str]) -> bool:
    if len(set(years)) > 1 or (years and re.search(r"\b\d+ mois\b", folded)):
        return True
    days = [re.split(r"[/.-]", found) for found in DAY.findall(folded)]
    return any([int(piece) for piece in day[:2]] not in ([31, 12], [1, 1]) for day in days)


def _is_plain(folded: str, unitless: str) -> bool:
    if OTHER_MONEY.search(folded) or PLANNED.search(folded):
        return False
    for _code, pattern in UNIT_PATTERNS:
        unitless = pattern.sub(" ", unitless)
    remarks = [a or b for a, b in re.findall(r"\(([^)]*)\)|\[([^\]]*)\]", unitless)]
    words = (" ".join(re.sub(r"[.,;:*/]", " ", remark).split()) for remark in remarks)
    return all(HARMLESS.fullmatch(remark) or set(remark.split()) <= AROUND_YEARS | STOPS for remark in words)


def _without_unit(folded: str) -> tuple[str, str]:
    for code, pattern in UNIT_PATTERNS:
        without, found = pattern.subn(" ", folded)
        if found:
            return code, without
    return "", folded
