"""The web application, as granian and any other WSGI server load it."""

import gc
import os
import signal

import fondouk  # noqa: F401  (time zones first)
from fondouk.lib.zones import check_zones
from fondouk.runtime.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
check_zones()
if os.environ.get("FONDOUK_SUPERVISED"):
    # The server's own workers would outlive a parent that is killed, and keep the port.
    die_with_parent(signal.SIGKILL)

from importlib import import_module  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.utils import translation  # noqa: E402

application = get_wsgi_application()


def _settle() -> None:
    """Load what every request needs, and have the collector look at it no more.

    Looking through a hundred thousand objects that never go costs a fifth of a second, every fifty pages.
    """
    import_module(settings.ROOT_URLCONF)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext(language)
    gc.collect()
    gc.freeze()


_settle()
