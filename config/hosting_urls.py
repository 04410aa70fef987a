"""What is below the host of packages, or below ``hosted/`` of the site: players first, files last."""

from django.urls import URLPattern, URLResolver, include, path

from courses.packages import hosted

app_name = "hosting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("learning.scorm.host_urls")),
    path("<str:token>/<path:path>", hosted.file, name="file"),
]
