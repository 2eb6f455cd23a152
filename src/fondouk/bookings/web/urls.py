"""Addresses of the planning and of bookings, for the staff."""

from django.urls import path

from .views import booking, changes, feeds, finding, listing, making, planning, rules

urlpatterns = [
    path("planning/", planning.planning, name="planning"),
    path("planning/search/", finding.find, name="planning_search"),
    path("bookings/", listing.booking_list, name="bookings"),
    path("bookings/export/<str:form>/", listing.export, name="bookings_export"),
    path("bookings/new/", making.create, name="booking_new"),
    path("bookings/price/", making.price, name="booking_price"),
    path("booking-rules/", rules.rule_list, name="booking_rules"),
    path("booking-rules/new/", rules.rule_new, name="booking_rule_new"),
    path("booking-rules/<int:pk>/end/", rules.rule_end, name="booking_rule_end"),
    path("booking-rules/quotas/new/", rules.quota_new, name="booking_quota_new"),
    path("booking-rules/quotas/<int:pk>/end/", rules.quota_end, name="booking_quota_end"),
    path("booking-prices/", rules.price_list, name="booking_prices"),
    path("booking-prices/new/", rules.price_new, name="booking_price_new"),
    path("booking-prices/<int:pk>/end/", rules.price_end, name="booking_price_end"),
    path("calendars/", feeds.feed_list, name="calendar_feeds"),
    path("calendars/invitations/", feeds.invitations, name="calendar_invitations"),
    path("calendars/<int:pk>/revocation/", feeds.revoke, name="calendar_feed_revocation"),
    path("bookings/<int:pk>/", booking.page, name="booking"),
    path("bookings/<int:pk>/edition/", booking.edit, name="booking_edit"),
    path("bookings/<int:pk>/decision/", booking.decision, name="booking_decision"),
    path("bookings/times/<int:pk>/move/", changes.move_time, name="booking_move"),
    path("bookings/times/<int:pk>/cancellation/", changes.cancel_times, name="booking_cancellation"),
    path("bookings/times/<int:pk>/check-in/", changes.come, name="booking_check_in"),
    path("bookings/return/<str:signed>/", changes.take_back, name="booking_return"),
]
