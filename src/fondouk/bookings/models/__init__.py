"""Bookings, the times they take place, and the rules they follow."""

from .booking import Booking, Cancellation, Decision, Occurrence, SkippedDate
from .rule import BookingRule

__all__ = ["Booking", "BookingRule", "Cancellation", "Decision", "Occurrence", "SkippedDate"]
