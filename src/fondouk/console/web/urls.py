"""Addresses of the console."""

from django.urls import path

from .views import entrance, today

urlpatterns = [
    path("home/", entrance.home, name="home"),
    path("today/", today.today_page, name="today"),
    path("todo/", today.todo_page, name="todo"),
]
