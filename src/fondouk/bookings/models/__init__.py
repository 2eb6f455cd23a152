"""Bookings, the times they take place, and the rules they follow."""

from .booking import Booking, Cancellation, Decision, Occurrence, SkippedDate, is_told
from .charge import OccurrenceCharge
from .check_in import CheckIn
from .feed import CalendarFeed
from .invitation import InvitedPerson
from .price import PriceRule
from .quota import QuotaRule
from .rule import BookingRule

__all__ = [
    "Booking", "BookingRule", "CalendarFeed", "Cancellation", "CheckIn", "Decision", "InvitedPerson", "Occurrence",
    "OccurrenceCharge",     "PriceRule", "QuotaRule", "SkippedDate", "is_told",
]  # fmt: skip
