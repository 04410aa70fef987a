"""Addresses of the SCORM player, below the host of packages (``hosting:…``)."""

from django.urls import URLPattern, path

from learning.scorm import looking, views

urlpatterns: list[URLPattern] = [
    path("play/<str:token>/", views.play, name="scorm_play"),
    path("play/<str:token>/commit/", views.commit, name="scorm_commit"),
    path("look/<str:token>/", looking.look, name="scorm_look"),
]
