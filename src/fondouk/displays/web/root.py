"""Addresses without a language: those of tablets, whose display says which, and what a code at a door holds."""

from django.urls import path

from .views import door, here

urlpatterns = [
    path("door/worker.js", door.worker, name="door_worker"),
    path("door/<str:secret>/", door.page, name="door"),
    path("door/<str:secret>/state/", door.state, name="door_state"),
    path("door/<str:secret>/check-in/", door.come, name="door_check_in"),
    path("door/<str:secret>/booking/", door.take, name="door_booking"),
    path("door/<str:secret>/end/", door.leave, name="door_end"),
    path("at/<int:pk>/", here.find, name="at_door"),
]
