"""What reception announces, in the transaction that does it: `visit`."""

from django.dispatch import Signal

visit_announced = Signal()
"""Also one that is expected after all."""
visit_arrived = Signal()
visit_left = Signal()
visit_cancelled = Signal()
