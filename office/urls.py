"""Addresses of the office package."""

from django.urls import URLPattern, URLResolver, path

from office.jobs import views as jobs
from office.styleguide.views import styleguide

app_name = "office"

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/<uuid:job_uuid>/", jobs.job_page, name="job"),
    path("jobs/<uuid:job_uuid>.json", jobs.job_state, name="job_state"),
    path("jobs/<uuid:job_uuid>/retry/", jobs.job_retry, name="job_retry"),
    path("styleguide/", styleguide, name="styleguide"),
]
