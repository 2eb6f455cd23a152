"""Addresses of access, for the staff."""

from django.urls import path

from .views import badges, doors, internet

urlpatterns = [
    path("internet/", internet.service_list, name="internet_services"),
    path("internet/export/<str:form>/", internet.export, name="internet_export"),
    path("internet/new/", internet.edit, name="internet_new"),
    path("internet/<int:pk>/", internet.edit, name="internetservice"),
    path("internet/<int:pk>/end/", internet.end, name="internet_end"),
    path("internet/<int:pk>/suspension/", internet.suspension, name="internet_suspension"),
    path("internet/servers/new/", internet.new_server, name="radius_server_new"),
    path("internet/servers/<int:pk>/revocation/", internet.revoke, name="radius_server_revocation"),
    path("badges/", badges.badge_list, name="badges"),
    path("badges/export/<str:form>/", badges.export, name="badges_export"),
    path("badges/new/", badges.create, name="badge_new"),
    path("badges/<int:pk>/<str:to>/", badges.take_step, name="badge_step"),
    path("doors/", doors.door_list, name="doors"),
    path("doors/new/", doors.edit, name="door_new"),
    path("doors/<int:pk>/", doors.page, name="door_page"),
    path("doors/<int:pk>/edit/", doors.edit, name="door_edit"),
    path("doors/<int:pk>/reader/", doors.reader, name="door_reader_secret"),
    path("doors/<int:pk>/opening/", doors.opening, name="door_opening"),
    path("doors/<int:pk>/rights/new/", doors.add_right, name="door_right_new"),
    path("doors/rights/<int:pk>/removal/", doors.remove_right, name="door_right_removal"),
]
