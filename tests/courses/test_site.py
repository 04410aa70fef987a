"""The front pages that every install has, and the words that come with the courses."""

from datetime import UTC, datetime

import pytest
from wagtail.models import Page, Site

from courses.catalog.pages import CoursePage, HomePage
from courses.curriculum.actions import load_curriculum
from courses.curriculum.site import ensure_site
from courses.glossary.models import Term
from courses.search.pages import CatalogPage

AT = datetime(2026, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_site_has_its_front_pages_and_no_welcome_page(curriculum):
    home = HomePage.objects.get()
    site = Site.objects.get()
    assert (site.root_page_id, site.is_default_site) == (home.pk, True)
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert CoursePage.objects.get(code="S105").url == "/courses/s105/"


def test_a_welcome_page_that_somebody_uses_is_left_alone():
    welcome = Page.objects.get(slug="home")
    welcome.title = "町のページ"
    welcome.save()
    ensure_site(at=AT)
    assert Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page.specific_class is HomePage


def test_words_are_loaded_and_a_person_s_explanation_stays(curriculum):
    Term.objects.filter(word="DX").update(explanation="町の説明")
    load_curriculum(check=False, take_files=True, at=AT)
    assert Term.objects.get(word="DX").explanation == "町の説明"
    assert Term.objects.count() >= 8


def test_there_is_one_front_door():
    catalog = ensure_site(at=AT)
    assert ensure_site(at=AT).pk == catalog.pk
    assert HomePage.objects.count() == CatalogPage.objects.count() == 1


def test_the_host_name_follows_the_settings(settings):
    settings.SITE_BASE_URL = "https://manabi.example.jp"
    ensure_site(at=AT)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("manabi.example.jp", 443, True)
