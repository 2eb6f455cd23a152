"""Addresses of members: all of them about the company they are looking at."""

from django.urls import path

from .views import (
    booking_changes,
    booking_new,
    bookings,
    company,
    contracts,
    credits,
    documents,
    figures,
    home,
    requests,
    team,
)

urlpatterns = [
    path("my/", home.home, name="member_home"),
    path("my/bookings/", bookings.page, name="member_bookings"),
    path("my/bookings/new/", booking_new.choose, name="member_booking_new"),
    path("my/bookings/new/confirmation/", booking_new.confirm, name="member_booking_confirmation"),
    path("my/bookings/new/price/", booking_new.price, name="member_booking_price"),
    path("my/bookings/times/<int:pk>/check-in/", booking_changes.come, name="member_booking_check_in"),
    path("my/credits/", credits.page, name="member_credits"),
    path("my/bookings/<int:pk>/", bookings.booking_page, name="member_booking"),
    path("my/bookings/<int:pk>/details/", bookings.details, name="member_booking_details"),
    path(
        "my/bookings/times/<int:pk>/cancellation/",
        booking_changes.cancel_time,
        name="member_booking_cancellation",
    ),
    path("my/bookings/times/<int:pk>/end/", booking_changes.end_time, name="member_booking_end"),
    path("my/bookings/return/<str:signed>/", booking_changes.take_back, name="member_booking_return"),
    path("my/company/", company.page, name="member_company"),
    path("my/company/details/", company.details, name="member_details"),
    path("my/team/", team.page, name="member_team"),
    path("my/team/new/", team.join, name="member_team_new"),
    path("my/team/<int:pk>/", team.change, name="member_team_change"),
    path("my/team/<int:pk>/departure/", team.leave, name="member_team_departure"),
    path("my/team/<int:pk>/invitation/", team.invite, name="member_team_invitation"),
    path("my/team/return/<str:signed>/", team.come_back, name="member_team_return"),
    path("my/figures/", figures.page, name="member_figures"),
    path("my/figures/<int:year>/", figures.declare, name="member_figures_year"),
    path("my/documents/", documents.page, name="member_documents"),
    path("my/requests/", requests.page, name="member_requests"),
    path("my/requests/new/", requests.create, name="member_request_new"),
    path("my/requests/<int:pk>/", requests.request_page, name="member_request"),
    path("my/requests/<int:pk>/reply/", requests.reply, name="member_request_reply"),
    path("my/requests/<int:pk>/rating/", requests.rating, name="member_request_rating"),
    path("my/requests/<int:pk>/<str:step>/", requests.step, name="member_request_step"),
    path("my/contracts/", contracts.page, name="member_contracts"),
]
