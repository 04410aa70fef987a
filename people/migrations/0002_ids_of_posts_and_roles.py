"""Posts and role assignments get the id by which addresses name them."""

import uuid
from typing import Any

from django.db import migrations, models

MODELS = ("appointment", "roleassignment")


def number(apps: Any, schema_editor: Any) -> None:
    for name in MODELS:
        model = apps.get_model("people", name)
        # The new column's default is worked out once for all rows.
        rows = list(model.objects.only("pk"))
        for row in rows:
            row.uuid = uuid.uuid4()
        model.objects.bulk_update(rows, ["uuid"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        *(
            migrations.AddField(name, "uuid", models.UUIDField(null=True, default=uuid.uuid4, editable=False))
            for name in MODELS
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                name, "uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
            )
            for name in MODELS
        ),
    ]
