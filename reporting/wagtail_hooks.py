"""Registers the action codes of this package."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("reporting.export", _("Take a list"), _("Took a list of names as a sheet"))


@hooks.register("register_admin_urls")
def package_results() -> list[URLResolver]:
    return [path("package-results/", include("reporting.packages.author_urls"))]
