"""What must be done before a page can be shown. A process of its own, so that `fondouk run` itself stays
small:

`python -m fondouk.project.cli.prepare` migrates, gathers static files, with FONDOUK_DEMO=1 loads the
demonstration into an empty database, and prints what `run` tells the
operator.
"""

import hashlib
import importlib
import json
import os
import sys
from pathlib import Path

import click

from fondouk.project.cli.session import database_session
from fondouk.runtime.data import DataFolder
from fondouk.runtime.errors import RuntimeFault

STAMP = ".gathered"


def gather_static() -> bool:
    """Collect static files when a source changed since the last time. True when there was something to do."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    stamp = root / STAMP
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return False
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
    return True


def sign_in_hint() -> str | None:
    """A one-time address where the first account is made, or None when there are accounts."""
    try:
        actions = importlib.import_module("fondouk.people.actions")
        link: str | None = actions.setup_link()
    except (ImportError, AttributeError):
        return None
    return link


def demonstration(*, wanted: bool) -> bool:
    """Whether the demonstration is loaded, now if it is `wanted` and the database is empty."""
    from fondouk.demo import queries
    from fondouk.project.cli.demonstration import load_now

    if wanted and queries.is_wanted():
        load_now()
    return queries.is_loaded()


def main() -> int:
    try:
        with database_session():
            DataFolder.from_environment().folder("files")
            gathered = gather_static()
            shown = demonstration(wanted=os.environ.get("FONDOUK_DEMO") == "1")
            click.echo(json.dumps({"setup": sign_in_hint(), "gathered": gathered, "demonstration": shown}))
    except click.ClickException as fault:
        click.echo(fault.message, err=True)
        return fault.exit_code
    except RuntimeFault as fault:
        click.echo(str(fault), err=True)
        return 4
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
    sys.exit(main())
