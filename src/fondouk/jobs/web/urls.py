"""Addresses of jobs."""

urlpatterns: list = []
