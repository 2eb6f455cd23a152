"""Addresses of the demonstration: they answer 404 where it is not loaded."""

from django.urls import path

from .views import welcome

urlpatterns = [
    path("demo/", welcome.welcome, name="demo"),
    path("demo/part/", welcome.take_part, name="demo_part"),
    path("demo/clearing/", welcome.clear, name="demo_clearing"),
]
