"""File names that come from outside, made safe to store, to show and to hand back."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from .sniffing import ENDINGS

LONGEST = 200
NAMELESS = "file"
# Signs that turn what follows round: `invoice_fdp.exe` would read `invoice_exe.pdf`.
_FORMAT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(written: str, kind: str = "") -> str:
    """The last part of a path, in one line, without signs that cannot be seen, ending as `kind` does."""
    last = PurePosixPath(written.replace("\\", "/")).name
    seen = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in unicodedata.normalize("NFC", last)
        if unicodedata.category(sign) not in _FORMAT or unicodedata.category(sign) in {"Cc", "Zl", "Zp"}
    )
    name = " ".join(seen.split()).strip(". ") or NAMELESS
    endings = ENDINGS.get(kind, ())
    suffix = PurePosixPath(name).suffix
    if endings and suffix.lower() not in endings:
        name, suffix = f"{name[: LONGEST - 5]}{endings[0]}", endings[0]
    if len(name) > LONGEST:
        name = name[: LONGEST - len(suffix)].rstrip(". ") + suffix if len(suffix) < 10 else name[:LONGEST]
    return name
