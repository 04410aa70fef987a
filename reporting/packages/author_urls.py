"""Addresses below /admin/package-results/."""

from django.urls import URLPattern, path

from reporting.packages.author_views import PackageTotals

app_name = "package_results"
urlpatterns: list[URLPattern] = [path("<uuid:uuid>/", PackageTotals.as_view(), name="totals")]
