"""Addresses of sites: coming in, people and roles, sites and hours, settings, the journal."""

from django.urls import path

from .views import accounts, audit, entrance, hours, people, roles, settings, sites

urlpatterns = [
    path("setup/<str:secret>/", entrance.setup, name="setup"),
    path("invitation/<str:secret>/", entrance.invitation, name="invitation"),
    # people
    path("people/", people.people_list, name="people"),
    path("people/export.<slug:form>", people.people_file, name="people_export"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/details/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/roles/", roles.person_roles, name="person_roles"),
    path("people/<int:pk>/roles/<int:grant>/ending/", roles.role_ending, name="role_ending"),
    path("people/<int:pk>/invitation/", accounts.person_invitation, name="person_invitation"),
    path(
        "people/<int:pk>/invitation/withdrawal/",
        accounts.person_invitation_withdrawal,
        name="person_invitation_withdrawal",
    ),
    path("people/<int:pk>/account/closure/", accounts.person_account_closure, name="person_account_closure"),
    path("people/<int:pk>/account/opening/", accounts.person_account_opening, name="person_account_opening"),
    path("people/<int:pk>/data/", accounts.person_data, name="person_data"),
    path("people/<int:pk>/erasure/", accounts.person_erasure, name="person_erasure"),
    path("roles/", roles.role_list, name="roles"),
    # sites
    path("sites/", sites.site_list, name="sites"),
    path("sites/new/", sites.site_new, name="site_new"),
    path("sites/<slug:code>/", sites.site_page, name="site"),
    path("sites/<slug:code>/details/", sites.site_edit, name="site_edit"),
    path("sites/<slug:code>/phases/", sites.site_phases, name="site_phases"),
    path("sites/<slug:code>/phases/<int:pk>/remove/", sites.site_phase_removal, name="site_phase_removal"),
    path("sites/<slug:code>/operator/", sites.site_operator, name="site_operator"),
    path("sites/<slug:code>/hours/", hours.site_hours, name="site_hours"),
    path("sites/<slug:code>/overrides/", hours.site_overrides, name="site_overrides"),
    path("sites/<slug:code>/overrides/<int:pk>/", hours.site_override, name="site_override"),
    path(
        "sites/<slug:code>/overrides/<int:pk>/removal/",
        hours.site_override_removal,
        name="site_override_removal",
    ),
    # settings
    path("settings/", settings.settings_page, name="settings"),
    path("settings/network/", settings.network, name="network"),
    path("settings/holidays/", settings.holiday_list, name="holidays"),
    path("settings/holidays/<int:year>/<slug:code>/", settings.holiday, name="holiday"),
    path("settings/operators/", settings.operator_list, name="operators"),
    path("settings/operators/new/", settings.operator_form, name="operator_new"),
    path("settings/operators/<int:pk>/", settings.operator_form, name="operator"),
    path("audit/", audit.audit_log, name="audit_log"),
]
