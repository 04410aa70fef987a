"""The styleguide is for those who build the site."""

import pytest

pytestmark = pytest.mark.django_db


def test_it_shows_itself_where_the_site_is_tried_out(client, settings):
    settings.DEMO = True
    assert client.get("/styleguide/").status_code == 200


def test_it_does_not_exist_where_people_work(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404
