"""The two pages that every install has: the front door and the catalog."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from courses.catalog.pages import HomePage
from courses.catalog.rules import CATALOG_PATH
from courses.search.pages import CatalogPage
from office.audit.actions import record
from people.accounts.models import User

_WELCOME = {
    "slug": "home",
    "title": "Welcome to your new Wagtail site!",
    "depth": 2,
    "numchild": 0,
    "latest_revision": None,
}


@transaction.atomic
def ensure_site(*, at: datetime, by: User | None = None) -> CatalogPage:
    """The home page as the root of the default site, the catalog below it, and Wagtail's welcome page gone.

    Running it again changes nothing but the host name, which follows ``SITE_BASE_URL``.
    """
    home = HomePage.objects.order_by("path").first() or _create_home(by, at)
    _root_site(home)
    _remove_welcome_page()
    catalog: CatalogPage | None = CatalogPage.objects.child_of(home).order_by("path").first()
    if catalog is None:
        catalog = CatalogPage(title="講座一覧", slug=CATALOG_PATH.rstrip("/"), show_in_menus=True)
        home.add_child(instance=catalog)
        catalog.save_revision().publish()
        record(action="courses.site_created", instance=catalog, by=by, at=at)
    return catalog


def _create_home(by: User | None, at: datetime) -> HomePage:
    home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="top")
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    record(action="courses.site_created", instance=home, by=by, at=at)
    return home


def _root_site(home: HomePage) -> None:
    address = urlsplit(settings.SITE_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted: dict[str, Any] = {
        "hostname": address.hostname or "localhost",
        "port": port,
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()


def _remove_welcome_page() -> None:
    """Only the page that Wagtail's own migration made, and only as long as nobody touched or uses it."""
    welcome = Page.objects.filter(**_WELCOME, sites_rooted_here__isnull=True).first()
    if welcome is not None and welcome.specific_class is Page:
        welcome.delete()
