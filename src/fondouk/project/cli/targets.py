"""Files that commands write: whether their place can be written, found out before any work is done."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click


def can_be_written(folder: Path) -> bool:
    """By trying: rights alone do not tell of a read-only disk or a folder that holds no files of ours."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def target_file(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    """Callback of a click parameter: a mistake in the command where nothing can be written there."""
    if value is not None and not can_be_written(value.absolute().parent):
        raise click.BadParameter(f"“{value.parent}” is no folder that can be written to.")
    if value is not None and value.exists() and not os.access(value, os.W_OK):
        raise click.BadParameter(f"“{value}” may not be written to.")
    return value
