"""Addresses of files."""

from django.urls import path

from .views import stored

urlpatterns = [path("files/<uuid:pk>/", stored.download, name="file")]
