"""The few routes that layouts link to by name."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, **_keys: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("home/", nothing, name="home"),
    path("public/", nothing, name="public_home"),
    path("search/", nothing, name="search"),
    path("login/", nothing, name="account_login"),
    path("record/<int:key>/", nothing, name="record"),
    path("place/<slug:key>/<int:year>/", nothing, name="place"),
    path("logout/", nothing, name="account_logout"),
]
