"""Addresses of lessons, handouts and short links; ``courses/urls.py`` includes them."""

from django.urls import URLPattern, URLResolver, path, re_path

from courses.lessons import routes, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("handouts/<uuid:activity>.pdf", views.handout, name="handout"),
    path("s/", views.short_entry, name="short_entry"),
    path("s/<str:code>/", views.short, name="short"),
    path("s/<str:code>/<int:step>/", views.short, name="short"),
    re_path(r"^(?P<path>courses/[-\w]+/[-\w]+/)$", routes.lesson_by_path, name="lesson"),
]
