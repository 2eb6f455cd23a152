"""Bookings, the times they take place, and the rules they follow."""

from .booking import Booking, Cancellation, Decision, Occurrence, SkippedDate
from .feed import CalendarFeed
from .rule import BookingRule

__all__ = ["Booking", "BookingRule", "CalendarFeed", "Cancellation", "Decision", "Occurrence", "SkippedDate"]
