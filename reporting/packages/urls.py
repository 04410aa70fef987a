"""Addresses of results of packages."""

from django.urls import URLPattern, path, re_path

from reporting.packages import views

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

urlpatterns: list[URLPattern] = [
    path("reports/classes/<uuid:group>/packages/<uuid:activity>/", views.class_results, name="class_package"),
    re_path(
        rf"^reports/classes/(?P<group>{_UUID})/packages/(?P<activity>{_UUID})\.(?P<kind>csv|xlsx)$",
        views.class_sheet,
        name="class_package_export",
    ),
    path(
        "reports/classes/<uuid:group>/packages/<uuid:activity>/<uuid:learner>/",
        views.pupil_attempts,
        name="class_package_person",
    ),
    path("reports/packages/", views.packages, name="packages"),
    path("reports/packages/mismatches/", views.mismatches, name="package_mismatches"),
    path("reports/packages/<uuid:activity>/", views.staff_results, name="package"),
    re_path(
        rf"^reports/packages/(?P<activity>{_UUID})\.(?P<kind>csv|xlsx)$",
        views.staff_sheet,
        name="package_export",
    ),
    path("reports/packages/<uuid:activity>/<uuid:learner>/", views.staff_attempts, name="package_person"),
]
