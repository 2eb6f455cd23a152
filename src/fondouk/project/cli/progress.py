"""Bars for long work, on the error stream: what a machine reads stays clean."""

import sys
from contextlib import AbstractContextManager
from typing import Any

import click


def progress(length: int, label: str) -> AbstractContextManager[Any]:
    """A bar whose `update(n)` says that n more of `length` are done."""
    return click.progressbar(length=max(length, 1), label=label, file=sys.stderr)
