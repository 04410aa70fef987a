"""Addresses of the reporting package."""

from django.urls import path, re_path

from reporting.classes import views as classes
from reporting.packages import urls as packages
from reporting.reports import views as reports

app_name = "reporting"

urlpatterns = [
    path("reports/people/", reports.people, name="people"),
    re_path(r"^reports/people\.(?P<kind>csv|xlsx)$", reports.people_export, name="people_export"),
    path("reports/classes/", classes.class_list, name="class_list"),
    path("reports/classes/<uuid:group>/", classes.class_board_page, name="class"),
    re_path(
        r"^reports/classes/(?P<group>[0-9a-f-]{36})\.(?P<kind>csv|xlsx)$",
        classes.class_export,
        name="class_export",
    ),
    *packages.urlpatterns,
]
