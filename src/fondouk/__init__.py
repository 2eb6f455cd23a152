"""Fondouk: the operating system of an innovation hub network.

Importing the package replaces the machine's time-zone files, which may be stale, by the pinned ones of PyPI's
`tzdata`. It stands here because it must happen before any zone is loaded, whatever the entry point.
"""

from fondouk.lib.zones import use_packaged_zones

use_packaged_zones()

__version__ = "0.1.0"
