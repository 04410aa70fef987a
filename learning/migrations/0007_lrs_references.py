"""What stands in the record already is found by other systems like what comes later: voidings and observers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from learning.xapi.actors import actor_key


def index_own(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = apps.get_model("learning", "Statement").objects
    references = apps.get_model("learning", "StatementReference").objects
    targets = apps.get_model("learning", "StatementTarget").objects
    wanted = statements.filter(Q(voids__isnull=False) | Q(body__context__instructor__isnull=False))
    for pk, body, voided in wanted.values_list("pk", "body", "voids__uuid").iterator(chunk_size=1000):
        if voided is not None:
            targets.create(statement_id=pk, target=voided, is_voiding=True)
            references.create(statement_id=pk, key=actor_key(body["actor"]), is_direct=True)
        else:
            key = actor_key(body["context"]["instructor"])
            references.create(statement_id=pk, key=key, is_direct=False)


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_lrs")]

    operations = [migrations.RunPython(index_own, migrations.RunPython.noop)]
