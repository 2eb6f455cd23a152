"""Sentences with a count that the script completes: every plural form, keyed as `Intl.PluralRules` does."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.utils.translation import ngettext

# A number that falls in each category, in a language that has it.
SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def selected(n: int) -> str:
    return ngettext("%(n)s selected", "%(n)s selected", n)


def everything(n: int) -> str:
    return ngettext("Select the only one", "Select all %(n)s", n)


SENTENCES: dict[str, Callable[[int], str]] = {"selected": selected, "everything": everything}


def forms(name: str) -> str:
    """JSON such as `{"one": "%(n)s selected", …}`; the script puts the number in."""
    return json.dumps({category: SENTENCES[name](n) for category, n in SAMPLES.items()}, ensure_ascii=False)
