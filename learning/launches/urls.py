"""Addresses of packages at work."""

from django.urls import URLPattern, path

from learning.launches import own_results, views

urlpatterns: list[URLPattern] = [
    path("learning/activities/<uuid:activity>/launches/", views.OpenView.as_view(), name="launch_open"),
    path("learning/launches/<uuid:launch>/play/", views.play, name="launch_play"),
    path("learning/launches/<uuid:launch>/events/", views.events, name="launch_events"),
    path("learning/beacons/<str:token>/", views.beacon, name="launch_beacon"),
    path("learning/results/", own_results.own_results, name="own_results"),
    path("learning/results/<uuid:activity>/", own_results.own_attempts, name="own_attempts"),
]
