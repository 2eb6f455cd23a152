"""Log lines in UTC: the C library reads the machine's own time-zone files, which may be stale."""

import logging
import re
import time

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class UtcFormatter(logging.Formatter):
    """What a visitor sent stands there as text: it moves no cursor and makes no binary file of the log."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", super().format(record))
