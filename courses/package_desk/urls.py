"""Addresses below /admin/packages/."""

from django.urls import URLPattern, path

from courses.package_desk import libraries, previews, uploads, views

app_name = "package_desk"
urlpatterns: list[URLPattern] = [
    path("", views.PackageList.as_view(), name="index"),
    path("results/", views.PackageList.as_view(results_only=True), name="index_results"),
    path("upload/", uploads.Upload.as_view(), name="upload"),
    path("imports/<uuid:uuid>/", uploads.ImportPage.as_view(), name="import"),
    path("imports/<uuid:uuid>/again/", uploads.TryAgain.as_view(), name="try_again"),
    path("imports/<uuid:uuid>/install/", libraries.Confirm.as_view(), name="install"),
    path("libraries/", libraries.LibraryList.as_view(), name="libraries"),
    path("libraries/results/", libraries.LibraryList.as_view(results_only=True), name="libraries_results"),
    path("libraries/upload/", libraries.LibraryUpload.as_view(), name="library_upload"),
    path("libraries/<int:pk>/", libraries.LibraryPage.as_view(), name="library"),
    path("libraries/<int:pk>/unblock/", libraries.Unblock.as_view(), name="unblock"),
    path("versions/<uuid:uuid>/preview/", previews.Preview.as_view(), name="preview"),
    path("versions/<uuid:uuid>/launch/", previews.Launch.as_view(), name="launch"),
    path("versions/<uuid:uuid>/play/", previews.Play.as_view(), name="play"),
    path("versions/<uuid:uuid>/current/", views.MakeCurrent.as_view(), name="make_current"),
    path("<uuid:uuid>/", views.PackagePage.as_view(), name="package"),
    path("<uuid:uuid>/settings/", views.Settings.as_view(), name="settings"),
    path("<uuid:uuid>/replace/", uploads.Replace.as_view(), name="replace"),
    path("<uuid:uuid>/newest/", views.Newest.as_view(), name="newest"),
    path("<uuid:uuid>/remove/", views.Remove.as_view(), name="remove"),
]
