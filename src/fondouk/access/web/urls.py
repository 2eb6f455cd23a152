"""Addresses of access, for the staff."""

from django.urls import path

from .views import badges, doors, internet

urlpatterns = [
    path("access/internet/", internet.service_list, name="internet_services"),
    path("access/internet/export/<str:form>/", internet.export, name="internet_export"),
    path("access/internet/new/", internet.edit, name="internet_new"),
    path("access/internet/<int:pk>/", internet.edit, name="internetservice"),
    path("access/internet/<int:pk>/end/", internet.end, name="internet_end"),
    path("access/internet/<int:pk>/suspension/", internet.suspension, name="internet_suspension"),
    path("access/servers/new/", internet.new_server, name="radius_server_new"),
    path("access/servers/<int:pk>/revocation/", internet.revoke, name="radius_server_revocation"),
    path("access/badges/", badges.badge_list, name="badges"),
    path("access/badges/export/<str:form>/", badges.export, name="badges_export"),
    path("access/badges/new/", badges.create, name="badge_new"),
    path("access/badges/<int:pk>/<str:to>/", badges.take_step, name="badge_step"),
    path("access/doors/", doors.door_list, name="doors"),
    path("access/doors/new/", doors.edit, name="door_new"),
    path("access/doors/<int:pk>/", doors.page, name="door_page"),
    path("access/doors/<int:pk>/edit/", doors.edit, name="door_edit"),
    path("access/doors/<int:pk>/reader/", doors.reader, name="door_reader_secret"),
    path("access/doors/<int:pk>/opening/", doors.opening, name="door_opening"),
    path("access/doors/<int:pk>/rights/new/", doors.add_right, name="door_right_new"),
    path("access/doors/rights/<int:pk>/removal/", doors.remove_right, name="door_right_removal"),
]
