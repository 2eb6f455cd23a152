"""What spaces announce."""

from django.dispatch import Signal

claims_released = Signal()
"""Parts have become free, in the transaction that frees them. `spans`: a list of (part, start, end), UTC, None unbounded."""
