"""Addresses of reception: the desk, and the page of an invitation."""

from django.urls import path

from .views import announcing, desk, visits, welcome

urlpatterns = [
    path("reception/", desk.page, name="reception"),
    path("reception/export/<str:form>/", desk.export, name="reception_export"),
    path("reception/new/", announcing.create, name="visit_new"),
    path("reception/walk-in/", announcing.receive, name="visit_walk_in"),
    path("reception/<int:pk>/", visits.page, name="visit"),
    path("reception/<int:pk>/change/", visits.edit, name="visit_change"),
    path("reception/<int:pk>/<str:step>/", visits.take_step, name="visit_step"),
    path("welcome/<str:token>/", welcome.page, name="welcome"),
    path("welcome/<str:token>/calendar/", welcome.calendar, name="welcome_calendar"),
    path("welcome/<str:token>/refusal/", welcome.refuse, name="welcome_refusal"),
]
