"""What an import wrote, for a line of a list: `{{ run|run_counts }}`; names of kinds: `{{ code|sheet_kind }}`."""

from __future__ import annotations

from django import template

from fondouk.imports.models import Import
from fondouk.imports.schema import KINDS
from fondouk.imports.workbooks import WARNINGS

register = template.Library()


@register.filter
def run_counts(run: Import) -> dict[str, int]:
    sheets = run.report.get("sheets", [])
    return {
        "created": sum(sheet.get("created", 0) for sheet in sheets),
        "updated": sum(sheet.get("updated", 0) for sheet in sheets),
        "refused": sum(len(sheet.get("refused", [])) for sheet in sheets),
    }


@register.filter
def sheet_kind(code: str) -> str:
    return str(KINDS[code].label) if code in KINDS else code


@register.filter
def book_warning(code: str) -> str:
    """What is odd about the file itself: macros, links to other books."""
    return str(WARNINGS.get(code, code))
