"""Addresses of imports."""

from django.urls import path

from .views import applying, books, exports, mapping, receiving, runs

urlpatterns = [
    path("imports/", books.import_list, name="imports"),
    path("imports/new/", receiving.import_new, name="import_new"),
    path("imports/template/", exports.template, name="import_template"),
    path("imports/export/", exports.export, name="import_export"),
    path("imports/runs/<int:pk>/", runs.run_page, name="import_run"),
    path("imports/runs/<int:pk>/undo/", runs.undo, name="import_undo"),
    path("imports/<int:pk>/", books.book_page, name="book"),
    path("imports/<int:pk>/mapping/", mapping.book_mapping, name="book_mapping"),
    path("imports/<int:pk>/reading/", applying.read_again, name="book_reading"),
    path("imports/<int:pk>/confirmation/", applying.confirm, name="book_confirmation"),
    path("imports/<int:pk>/removal/", books.book_removal, name="book_removal"),
    path("imports/<int:pk>/copy/", receiving.copy, name="book_copy"),
    path("imports/<int:pk>/report/", exports.report, name="book_report"),
    path("imports/<int:pk>/refused/", exports.refused, name="book_refused"),
]
