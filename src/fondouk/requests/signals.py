"""What requests announce, in the transaction that does it: `request`."""

from django.dispatch import Signal

request_opened = Signal()
request_stepped = Signal()
"""It is in another state now."""
