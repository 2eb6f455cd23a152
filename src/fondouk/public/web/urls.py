"""Addresses of public."""

urlpatterns: list = []
