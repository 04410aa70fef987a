"""Packages and rooms depend on each other in one direction only."""

import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.architecture.tree import PACKAGES, ROOT


def test_import_contracts_hold():
    tool = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(tool, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_foreign_key_points_along_the_arrow():
    """String references escape the import contracts, so the models themselves are walked."""
    place = {label: number for number, label in enumerate(PACKAGES)}
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in place
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if place.get(field.related_model._meta.app_label, len(place)) < place[model._meta.app_label]
    ]
    assert not wrong


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_word_on_the_screen_has_its_japanese():
    call_command("catalogs", check=True)
