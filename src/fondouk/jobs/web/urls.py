"""Addresses of jobs."""

from django.urls import path

from .views import jobs

urlpatterns = [
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/under-way/", jobs.jobs_under_way, name="jobs_under_way"),
    path("jobs/<uuid:pk>/", jobs.job_page, name="job"),
    path("jobs/<uuid:pk>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:pk>/cancellation/", jobs.cancel, name="job_cancellation"),
    path("jobs/<uuid:pk>/repetition/", jobs.repeat, name="job_repetition"),
]
