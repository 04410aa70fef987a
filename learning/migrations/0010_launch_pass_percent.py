"""What passing asked for stands on the launch, so that attempts are judged by it also when they are replayed later."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    """Launches that are there were judged by what their package asks for now."""
    launches = apps.get_model("learning", "Launch").objects
    versions = apps.get_model("courses", "PackageVersion").objects.filter(pk=OuterRef("version"))
    launches.update(pass_percent=Subquery(versions.values("package__pass_percent")[:1]))


class Migration(migrations.Migration):
    dependencies = [("learning", "0009_scorm"), ("courses", "0008_package_pages")]

    operations = [
        migrations.AddField(
            model_name="launch",
            name="pass_percent",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
