"""What the audit says of bookings."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

BOOKED = register("bookings.booked", _("Booked"), icon="calendar-event")
REQUESTED = register("bookings.requested", _("Booking requested"), icon="calendar-question")
WAITS = register("bookings.waits", _("Put on the waiting list"), icon="hourglass")
PROMOTED = register("bookings.promoted", _("Booked from the waiting list"), icon="calendar-event")
LAPSED = register("bookings.lapsed", _("Never came free"), icon="hourglass-off")
CHECKED_IN = register("bookings.checked_in", _("Somebody has come"), icon="door-enter")
MISSED = register("bookings.missed", _("Nobody came: the space is free again"), icon="door-off")
PRICED = register("bookings.price_set", _("Price set: %(rule)s"), icon="tag")
PRICE_ENDED = register("bookings.price_ended", _("Price ended: %(rule)s"), icon="tag-off")
LIMITED = register("bookings.quota_set", _("Quota set: %(rule)s"), icon="gauge")
LIMIT_ENDED = register("bookings.quota_ended", _("Quota ended: %(rule)s"), icon="gauge-off")
GRANTED = register("bookings.granted", _("Booking approved"), icon="check")
DECLINED = register("bookings.declined", _("Booking declined"), icon="x")
DESCRIBED = register("bookings.described", _("Booking changed"), icon="pencil")
MOVED = register("bookings.moved", _("Booking moved"), icon="calendar-event")
CANCELLED = register("bookings.cancelled", _("Booking cancelled"), icon="calendar-x")
RESTORED = register("bookings.restored", _("Cancellation taken back"), icon="arrow-back-up")
LENGTHENED = register("bookings.lengthened", _("Booking made longer"), icon="clock-plus")
SHORTENED = register("bookings.shortened", _("Booking ended earlier"), icon="clock-minus")
RULED = register("bookings.ruled", _("Booking rule set: %(rule)s"), icon="adjustments")
RULE_ENDED = register("bookings.rule_ended", _("Booking rule ended: %(rule)s"), icon="adjustments-off")
FEED_MADE = register("bookings.feed_made", _("Calendar address made: %(what)s"), icon="calendar-share")
FEED_REVOKED = register("bookings.feed_revoked", _("Calendar address revoked: %(what)s"), icon="calendar-off")
EXTENDED = register(
    "bookings.extended",
    _("Series written further: %(times)s times, %(left_out)s left out"),
    icon="calendar-event",
)
SERIES_ENDED = register("bookings.series_ended", _("Series does not go on: %(title)s"), icon="calendar-x")
