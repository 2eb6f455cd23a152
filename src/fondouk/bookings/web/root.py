"""Addresses without a language: what calendar programs read."""

from django.urls import path

from .views import feeds

urlpatterns = [path("calendars/<str:secret>.ics", feeds.read, name="calendar_feed")]
