"""The list of what a completion asked for stands once in a table of its own, and nothing may change it there.

Indexes that another one answers for are dropped, and a statement of another system no longer goes into those of our own.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE OR REPLACE FUNCTION learning_requiredactivities_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'learning_requiredactivities is append-only: another list is another row';
END $$;
DROP TRIGGER IF EXISTS learning_requiredactivities_append_only ON learning_requiredactivities;
CREATE TRIGGER learning_requiredactivities_append_only BEFORE UPDATE OR DELETE ON learning_requiredactivities
    FOR EACH ROW EXECUTE FUNCTION learning_requiredactivities_is_append_only();
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS learning_requiredactivities_append_only BEFORE UPDATE ON learning_requiredactivities
BEGIN
    SELECT RAISE(ABORT, 'learning_requiredactivities is append-only: another list is another row');
END
"""
# Changing columns on SQLite copies the table, which loses its trigger.
SQLITE_STATEMENTS = """
CREATE TRIGGER IF NOT EXISTS learning_statement_append_only BEFORE UPDATE ON learning_statement
BEGIN
    SELECT RAISE(ABORT, 'learning_statement is append-only: void a wrong statement by another one');
END
"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    schema_editor.execute(SQLITE)
    schema_editor.execute(SQLITE_STATEMENTS)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    name = "learning_requiredactivities_append_only"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON learning_requiredactivities")
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def own(to: str) -> models.ForeignKey:
    """A column of our own statements, without the index that Django would give it."""
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="statements",
        to=to,
    )


def index(name: str, *fields: str) -> migrations.AddIndex:
    there = models.Q((f"{fields[0]}__isnull", False))
    return migrations.AddIndex("statement", models.Index(condition=there, fields=fields, name=name))


class Migration(migrations.Migration):
    dependencies = [("learning", "0010_launch_pass_percent")]

    operations = [
        migrations.CreateModel(
            name="RequiredActivities",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("activities", models.JSONField()),
            ],
            options={"verbose_name_plural": "required activities"},
        ),
        migrations.RemoveIndex("statement", "statement_of_learner"),
        migrations.AlterField("statement", "activity", own("courses.activity")),
        migrations.AlterField("statement", "course", own("courses.course")),
        migrations.AlterField("statement", "learner", own("people.learner")),
        migrations.AlterField("statement", "registration", models.UUIDField(blank=True, null=True)),
        index("statement_of_learner", "learner", "activity"),
        index("statement_of_course", "course"),
        index("statement_of_activity", "activity"),
        index("statement_of_period", "registration"),
        migrations.AlterField(
            "activityprogress",
            "enrollment",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activity_progress",
                to="learning.enrollment",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
