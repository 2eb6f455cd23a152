"""Addresses of machines, without a language: RADIUS servers and the readers of doors."""

from django.urls import path

from .views import machines

urlpatterns = [
    path("radius/authorize/", machines.authorize, name="radius_authorize"),
    path("radius/accounting/", machines.accounting, name="radius_accounting"),
    path("door-reader/", machines.read_badge, name="door_reader"),
]
