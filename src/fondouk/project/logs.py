"""Log lines in UTC: the C library reads the machine's own time-zone files, which may be stale."""

import logging
import time


class UtcFormatter(logging.Formatter):
    converter = staticmethod(time.gmtime)
