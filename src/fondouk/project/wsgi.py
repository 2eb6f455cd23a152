"""The web application, as granian and any other WSGI server load it."""

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

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
