"""What the Wagtail admin and its pages need of this package. Registers and hands on, no more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from courses.catalog.pages import CoursePage
from courses.glossary.viewsets import TermViewSet
from courses.lessons.access import may_open, refuse
from courses.media.access import may_have
from courses.package_desk.menu import LibraryMenuItem, PackageMenuItem
from courses.package_desk.viewsets import PackageChooserViewSet
from courses.strategy.models import Plan, StrategyNode
from courses.strategy.permissions import AmendOnlyPolicy
from courses.strategy.viewsets import StrategyGroup

register_snippet(TermViewSet)
for _model in (Plan, StrategyNode):
    register_permission_policy(_model, AmendOnlyPolicy(_model))


@hooks.register("register_admin_viewset")
def strategy_in_the_admin() -> StrategyGroup:
    return StrategyGroup()


@hooks.register("register_admin_urls")
def package_desk() -> list[URLResolver]:
    return [path("packages/", include("courses.package_desk.urls"))]


@hooks.register("register_admin_menu_item")
def packages_in_the_menu() -> PackageMenuItem:
    return PackageMenuItem()


@hooks.register("register_admin_menu_item")
def libraries_in_the_menu() -> LibraryMenuItem:
    return LibraryMenuItem()


@hooks.register("register_admin_viewset")
def package_chooser() -> PackageChooserViewSet:
    return PackageChooserViewSet("package_chooser", url_prefix="package-chooser")


@hooks.register("before_serve_page")
def ask_the_gate(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """A course page asks as its lessons do. Lesson and quiz pages ask in their own ``serve``."""
    if not isinstance(page, CoursePage):
        return None
    decision = may_open(request, page.course)
    return None if decision.allowed else refuse(request, decision)


@hooks.register("before_serve_document")
def ask_for_a_document(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document is for whoever may open a page that shows it."""
    decision = may_have(request, document)
    return None if decision.allowed else refuse(request, decision)
