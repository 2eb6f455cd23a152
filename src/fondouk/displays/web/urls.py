"""Addresses of displays for the staff; and of a room for whoever stands at its door."""

from django.urls import path

from .views import here, keeping

urlpatterns = [
    path("spaces/<int:pk>/displays/new/", keeping.create, name="display_new"),
    path("spaces/<int:pk>/sign/", keeping.sign, name="door_sign"),
    path("displays/signs/", keeping.all_signs, name="door_signs"),
    path("displays/", keeping.display_list, name="displays"),
    path("displays/<int:pk>/revocation/", keeping.revoke, name="display_revocation"),
    path("rooms/<int:pk>/", here.page, name="room_here"),
    path("rooms/<int:pk>/check-in/", here.come, name="room_check_in"),
    path("rooms/<int:pk>/end/", here.end, name="room_end"),
    path("rooms/<int:pk>/booking/", here.take, name="room_booking"),
]
