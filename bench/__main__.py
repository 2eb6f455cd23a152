"""Run every benchmark, or those named, and print a Markdown table of each: `python -m bench [--long] [NAME …]`

A benchmark is a module of this folder with `run()`, which gives rows as `{column: text}`; one with a long mode takes
`is_long`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def main(arguments: list[str]) -> None:
    names, is_long = [one for one in arguments if one != "--long"], "--long" in arguments
    modules = [module.name for module in pkgutil.iter_modules([str(FOLDER)]) if not module.ispkg]
    for name in names or [module for module in modules if module != "__main__"]:
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n## {name}\n", flush=True)
        takes_long = "is_long" in inspect.signature(module.run).parameters
        for line in markdown(module.run(is_long=is_long) if takes_long else module.run()):
            print(line, flush=True)


def markdown(rows: list[dict[str, Any]]) -> Iterator[str]:
    columns = list(rows[0])
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(str(row.get(column, "")) for column in columns) + " |"


if __name__ == "__main__":
    main(sys.argv[1:])
