"""A kept preview opened again: its rows by pages, its sentences in the language of whoever reads them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext

from fondouk.lib.text import isolated

from .enums import Effect
from .packing import BLOCK, LETTERS, WARNED
from .report import lacks


def in_words(problem: dict[str, Any], *, apart: bool = False) -> str:
    """A kept problem as a sentence in the active language. `apart`: what was typed keeps its own direction."""

    def told(fact: Any) -> Any:
        text = gettext(fact["msgid"]) if isinstance(fact, dict) else fact
        return isolated(text) if apart and isinstance(text, str) else text

    facts = {name: told(fact) for name, fact in problem["facts"].items()}
    sentence = gettext(problem["msgid"]) if problem["msgid"] else ""
    try:
        return sentence % {**facts, "value": told(problem["value"])}
    except (KeyError, TypeError, ValueError):
        return sentence


@dataclass
class Preview:
    """A digest with its archive. `rows` opens the archive, everything else reads the digest."""

    digest: dict[str, Any]
    archive: Any
    """A `StoredFile`, or None once it is gone."""

    @property
    def sheets(self) -> list[dict[str, Any]]:
        return list(self.digest["sheets"])

    @property
    def understood(self) -> list[dict[str, Any]]:
        return [sheet for sheet in self.sheets if sheet["kind"]]

    @property
    def strange(self) -> list[dict[str, Any]]:
        """Sheets that hold something and that nobody understood."""
        return [sheet for sheet in self.sheets if not sheet["kind"] and not sheet["is_empty"]]

    @property
    def left_out(self) -> list[tuple[dict[str, Any], list[str]]]:
        """Of each sheet that is read, the headers of the columns that are not."""
        return [(sheet, columns) for sheet in self.understood if (columns := _ignored(sheet))]

    @property
    def without_year(self) -> list[tuple[dict[str, Any], list[str], int]]:
        """Of each sheet, the columns of figures whose header names no year, and the year they are taken for."""
        from .schema import KINDS

        found = []
        for sheet in self.understood:
            kind = KINDS[sheet["kind"]]
            columns = [
                column["header"]
                for column in sheet["columns"]
                if column["field"] and not column["year"] and kind.field(column["field"]).by_year
            ]
            if columns:
                read_on = sheet["as_of"] or self.digest.get("read_on", "")
                found.append((sheet, columns, int((read_on or timezone.localdate().isoformat())[:4])))
        return found

    @property
    def lacking(self) -> list[str]:
        """In the active language, what each sheet lacks that looks like one of ours."""
        from .schema import KINDS

        found = []
        for sheet in self.sheets:
            kind, field = sheet.get("nearly") or ("", "")
            if kind in KINDS and KINDS[kind].has(field):
                found.append(lacks(sheet["name"], KINDS[kind], KINDS[kind].field(field)))
        return found

    @property
    def counts(self) -> dict[str, int]:
        effects, warned = self.digest["effects"], self.digest["warned"]
        return {
            **{str(effect.value): effects.count(letter) for effect, letter in LETTERS.items()},
            "warned": warned.count(WARNED),
            "all": len(effects),
        }

    @property
    def changes(self) -> int:
        return self.counts["created"] + self.counts["updated"]

    def matching(self, tab: str = "", sheet: int | None = None) -> list[int]:
        """The places of the rows of a tab, in the order of the book."""
        chosen = range(len(self.digest["effects"]))
        if sheet is not None:
            within = next((one for one in self.sheets if one["number"] == sheet), None)
            if within is None:
                return []
            chosen = range(within["first"], within["first"] + within["rows"])
        if tab == "warned":
            return [place for place in chosen if self.digest["warned"][place] == WARNED]
        if tab in Effect.values:
            letter = LETTERS[Effect(tab)]
            return [place for place in chosen if self.digest["effects"][place] == letter]
        return list(chosen)

    def rows(self, places: Iterable[int]) -> list[dict[str, Any]]:
        """The rows at these places. Empty when the archive is gone."""
        wanted = list(places)
        if not wanted or self.archive is None:
            return []
        blocks: dict[int, list[dict[str, Any]]] = {}
        with self.archive.content.open("rb") as content:
            opened: IO[bytes] = content
            with zipfile.ZipFile(opened) as archive:
                for number in sorted({place // BLOCK for place in wanted}):
                    blocks[number] = json.loads(archive.read(f"{number}.json"))
        return [blocks[place // BLOCK][place % BLOCK] for place in wanted]

    def report(self) -> dict[str, Any]:
        """As `report.report` makes it, in the active language."""
        from .workbooks import WARNINGS

        sheets = []
        for sheet in self.understood:
            places = self.matching(sheet=sheet["number"])
            speaking = [place for place in places if self._speaks(place)]
            rows = self.rows(speaking)
            sheets.append(
                {
                    "sheet": sheet["name"],
                    "kind": sheet["kind"],
                    **{name: sheet[name] for name in ("rows", "created", "updated", "unchanged")},
                    "refused": [_entry(row, row["problems"][0]) for row in rows if row["problems"]],
                    "warnings": [
                        _entry(row, warning)
                        for row in rows
                        if row["effect"] != Effect.REFUSED
                        for warning in row["warnings"]
                    ],
                    "ignored_columns": _ignored(sheet),
                }
            )
        return {
            "workbook": self.digest["workbook"],
            "totals": self.digest["totals"],
            "sheets": sheets,
            "ignored_sheets": [sheet["name"] for sheet in self.sheets if not sheet["kind"]],
            "warnings": [
                {"code": code, "message": str(WARNINGS[code])}
                for code in self.digest["warnings"]
                if code in WARNINGS
            ]
            + [{"code": "sheet left out", "message": sentence} for sentence in self.lacking],
        }

    def _speaks(self, place: int) -> bool:
        return self.digest["effects"][place] == "r" or self.digest["warned"][place] == WARNED


def _ignored(sheet: dict[str, Any]) -> list[str]:
    return [
        *(column["header"] for column in sheet["columns"] if not column["field"]),
        *sheet.get("unnamed", ()),
    ]


def _entry(row: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    return {
        "sheet": row["sheet"],
        "row": row["row"],
        "column": problem["column"],
        "value": problem["value"],
        "code": problem["code"],
        "message": in_words(problem),
    }
