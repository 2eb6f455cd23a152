"""A template and its data become a PDF."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"


@cache
def _fonts() -> Any:
    """Read once a process: it takes as long as a paper."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def render(
    template: Path,
    data: Mapping[str, Any],
    *,
    label: str = "",
    files: Mapping[str, bytes] | None = None,
    standard: Literal["a-2b", "a-3b"] = "a-2b",
) -> bytes:
    """PDF/A of `template`, in the language of the moment: PDF/A-2b, or PDF/A-3b ("a-3b") where it attaches files.

    The template imports `base.typ`, finds `data` in `paper.data`, and `files` beside itself under their names. `label`
    stands on every page. Raises `typst.TypstError` for a template that is wrong: a fault of ours, never of the data.
    """
    import typst  # only where a paper is made

    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(HERE / "typst" / "base.typ", root / "base.typ")
        shutil.copy(template, root / "paper.typ")
        for name, content in (files or {}).items():
            (root / name).write_bytes(content)
        inputs = {
            "data": json.dumps(data, ensure_ascii=False, default=str),
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "label": label,
        }
        made: bytes = typst.compile(
            str(root / "paper.typ"),
            root=str(root),
            font_paths=_fonts(),
            sys_inputs=inputs,
            pdf_standards=[standard],
        )
        return made
