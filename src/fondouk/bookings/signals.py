"""What bookings announce, in the transaction that does it."""

from django.dispatch import Signal

occurrences_booked = Signal()
"""`booking`, `occurrences`: they hold their space now."""
occurrences_cancelled = Signal()
"""`occurrences`, `reason`: they have given their space back."""
occurrences_moved = Signal()
"""`occurrences`: they take place at another time or in another space. `former`: the series that they were taken out of."""
