"""Reading a CSV in whatever encoding and with whatever separator people save it."""

from __future__ import annotations

import csv
import io
import re

from fondouk.imports.workbooks.archives import CELLS, CHUNK, Unreadable
from fondouk.imports.workbooks.raw import Cell

NO_TABLE = ("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf", "{")
SAMPLE = 20_000


def read_text(content: bytes) -> list[list[Cell]]:
    """A CSV in UTF-8, UTF-16 or Windows-1252, whose separator is the one that its lines agree on."""
    text = _decode(content)
    sample = text[:SAMPLE]
    control = sum(1 for sign in sample if (ord(sign) < 32 and sign not in "\r\n\t\f") or sign == "\ufffd")
    if control > len(sample) // 100 or sample.lstrip()[:15].lower().startswith(NO_TABLE):
        raise Unreadable("type")
    csv.field_size_limit(CHUNK)
    rows: list[list[Cell]] = []
    cells = 0
    separator = _separator(text)
    if _is_open_ended(text, separator):
        raise Unreadable("quote")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if cells > CELLS:
                raise Unreadable("bomb")
            rows.append([cell if cell.strip() else None for cell in row])
    except csv.Error:
        raise Unreadable("broken") from None
    if not any(len(row) > 1 for row in rows):
        raise Unreadable("type")
    return rows


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise Unreadable("type")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1256" if _is_arabic(content) else "cp1252", errors="replace")


def _is_arabic(content: bytes) -> bool:
    """Bytes above 127 stand alone among plain letters in French, and make whole words in Arabic."""
    high = sum(len(word) for word in re.findall(rb"[\xc0-\xff]+", content))
    return high > 0 and sum(len(word) for word in re.findall(rb"[\xc0-\xff]{3,}", content)) * 2 > high


def _is_open_ended(text: str, separator: str) -> bool:
    """A quote is opened and never closed: everything after it would be one cell."""
    try:
        for _row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as fault:
        return "unexpected end of data" in str(fault)
    return False


def _separator(text: str) -> str:
    """The separator that gives most lines the same number of columns, more than one."""
    first = text[:20].splitlines()[0].strip().strip('"') if text.strip() else ""
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own way of saying it
        return first[4]
    lines = text[:65_536].splitlines()[:60]
    best, best_score = ",", (0.0, 0)
    for separator in (";", ",", "\t", "|"):
        widths = [
            len(row) for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)
        ]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = (wide.count(usual) / len(widths), usual)
        if score > best_score:
            best, best_score = separator, score
    return best
