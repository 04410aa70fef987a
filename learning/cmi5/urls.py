"""Addresses of cmi5."""

from django.urls import URLPattern, path

from learning.cmi5 import views

urlpatterns: list[URLPattern] = [
    # Below the record store, so that pages of packages need to be allowed to speak to one place only.
    path("xapi/cmi5/<str:key>", views.fetch, name="cmi5_fetch"),
    path("learning/launches/<uuid:launch>/units/", views.units, name="cmi5_units"),
    path("learning/launches/<uuid:launch>/units/<uuid:unit>/", views.open_unit, name="cmi5_open"),
]
