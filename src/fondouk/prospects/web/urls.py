"""Addresses of prospects and tours, for the staff."""

from django.urls import path

from .views import closing, desk, prospects, tours

urlpatterns = [
    path("prospects/", prospects.prospect_list, name="prospects"),
    path("prospects/export/<str:form>/", prospects.export, name="prospects_export"),
    path("prospects/new/", desk.note, name="prospect_new"),
    path("prospects/<int:pk>/", prospects.page, name="prospect"),
    path("prospects/<int:pk>/details/", desk.change, name="prospect_change"),
    path("prospects/<int:pk>/steward/", prospects.stewardship, name="prospect_steward"),
    path("prospects/<int:pk>/follow-ups/", prospects.follow_ups, name="prospect_follow_ups"),
    path(
        "prospects/<int:pk>/follow-ups/<int:said>/removal/",
        prospects.removal,
        name="prospect_follow_up_removal",
    ),
    path("prospects/<int:pk>/tour/", tours.plan, name="prospect_tour"),
    path("prospects/<int:pk>/tours/<int:tour>/end/", tours.end, name="tour_end"),
    path("prospects/<int:pk>/tours/<int:tour>/revival/", tours.revival, name="tour_revival"),
    path("prospects/<int:pk>/closing/", closing.close, name="prospect_closing"),
    path("prospects/<int:pk>/reopening/", closing.reopen, name="prospect_reopening"),
    path("prospects/<int:pk>/erasure/", closing.erase, name="prospect_erasure"),
]
