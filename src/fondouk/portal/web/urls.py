"""Addresses of portal."""

urlpatterns: list = []
