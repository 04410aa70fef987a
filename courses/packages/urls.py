"""Addresses of package files. Libraries are public; content is behind a capability in the address."""

from django.urls import URLPattern, path

from courses.packages import views

urlpatterns: list[URLPattern] = [
    path("packages/libraries/<str:tree>/<path:path>", views.library_file, name="library_file"),
    path("packages/closures/<str:name>", views.closure_file, name="closure_file"),
    path("packages/content/<str:token>/<path:path>", views.content_file, name="content_file"),
]
