"""Addresses of the demonstration: where it is not loaded the first leads on, the others answer 404."""

from django.urls import path

from .views import welcome

urlpatterns = [
    path("demo/", welcome.welcome, name="demo"),
    path("demo/part/", welcome.take_part, name="demo_part"),
    path("demo/clearing/", welcome.clear, name="demo_clearing"),
]
