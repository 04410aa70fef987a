"""Addresses of the courses package."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from courses.alignment import views as strategy
from courses.catalog.routes import course_by_path
from courses.lessons import urls as lesson_urls
from courses.packages import urls as package_urls

app_name = "courses"

urlpatterns: list[URLPattern | URLResolver] = [
    path("strategy/", strategy.strategy, name="strategy"),
    path("strategy/<slug:code>/", strategy.strategy_node, name="strategy_node"),
    path("", include(lesson_urls)),
    path("", include(package_urls)),
    re_path(r"^(?P<path>courses/[-\w]+/)$", course_by_path, name="course"),
]
