"""The addresses of the host of packages; the site has them below ``hosted/`` for packages of people who are trusted."""

from django.urls import include, path

handler400 = "courses.packages.hosted.bad"
handler403 = "courses.packages.hosted.denied"
handler404 = "courses.packages.hosted.nothing"
handler500 = "courses.packages.hosted.broken"

urlpatterns = [path("", include("config.hosting_urls"))]
