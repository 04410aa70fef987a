"""Addresses below /admin/packages/."""

from django.urls import URLPattern, path

from courses.package_desk import history, libraries, previews, requests, texts, uploads, views

app_name = "package_desk"
urlpatterns: list[URLPattern] = [
    path("", views.PackageList.as_view(), name="index"),
    path("results/", views.PackageList.as_view(results_only=True), name="index_results"),
    path("upload/", uploads.Upload.as_view(), name="upload"),
    path("imports/<uuid:uuid>/", uploads.ImportPage.as_view(), name="import"),
    path("imports/<uuid:uuid>/again/", uploads.TryAgain.as_view(), name="try_again"),
    path("imports/<uuid:uuid>/install/", libraries.Confirm.as_view(), name="install"),
    path("imports/<uuid:uuid>/ask/", requests.Ask.as_view(), name="ask"),
    path("imports/<uuid:uuid>/repeat/", requests.Repeat.as_view(), name="repeat"),
    path("requests/", requests.RequestList.as_view(), name="requests"),
    path("requests/<uuid:uuid>/", requests.Answer.as_view(), name="request"),
    path("requests/<uuid:uuid>/look/", requests.LookAtFile.as_view(), name="request_look"),
    path("libraries/", libraries.LibraryList.as_view(), name="libraries"),
    path("libraries/results/", libraries.LibraryList.as_view(results_only=True), name="libraries_results"),
    path("libraries/upload/", libraries.LibraryUpload.as_view(), name="library_upload"),
    path("libraries/<int:pk>/", libraries.LibraryPage.as_view(), name="library"),
    path("libraries/<int:pk>/unblock/", libraries.Unblock.as_view(), name="unblock"),
    path("versions/<uuid:uuid>/preview/", previews.Preview.as_view(), name="preview"),
    path("versions/<uuid:uuid>/launch/", previews.Launch.as_view(), name="launch"),
    path("versions/<uuid:uuid>/play/", previews.Play.as_view(), name="play"),
    path("versions/<uuid:uuid>/current/", views.MakeCurrent.as_view(), name="make_current"),
    path("versions/<uuid:uuid>/changes/", history.Changes.as_view(), name="changes"),
    path("versions/<uuid:uuid>/restore/", history.Restore.as_view(), name="restore"),
    path("versions/<uuid:uuid>/file/", history.SourceFile.as_view(), name="source_file"),
    path("<uuid:uuid>/texts/", texts.EditTexts.as_view(), name="texts"),
    path("<uuid:uuid>/texts/preview/", texts.PreviewTexts.as_view(), name="texts_preview"),
    path("<uuid:uuid>/translate/", texts.Translate.as_view(), name="translate"),
    path("<uuid:uuid>/", views.PackagePage.as_view(), name="package"),
    path("<uuid:uuid>/settings/", views.Settings.as_view(), name="settings"),
    path("<uuid:uuid>/replace/", uploads.Replace.as_view(), name="replace"),
    path("<uuid:uuid>/newest/", views.Newest.as_view(), name="newest"),
    path("<uuid:uuid>/remove/", views.Remove.as_view(), name="remove"),
]
