"""Addresses of the console."""

from django.urls import path

from .views import entrance, today, todo

urlpatterns = [
    path("home/", entrance.home, name="home"),
    path("today/", today.today_page, name="today"),
    path("todo/", todo.todo_page, name="todo"),
    path("todo/export/<slug:form>/", todo.export, name="todo_export"),
    path("todo/assignment/", todo.assignment, name="todo_assignment"),
    path("todo/snooze/", todo.snooze, name="todo_snooze"),
]
