"""The database itself refuses to change a statement, whatever program asks.

A later migration that rebuilds the table on SQLite (Django copies it there) loses the trigger and has to call
``guard`` again: ``tests/learning/test_append_only.py`` fails until it does. Deleting is refused on PostgreSQL
alone, because Django empties SQLite tables between tests by DELETE.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE OR REPLACE FUNCTION learning_statement_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'learning_statement is append-only: void a wrong statement by another one';
END $$;
DROP TRIGGER IF EXISTS learning_statement_append_only ON learning_statement;
CREATE TRIGGER learning_statement_append_only BEFORE UPDATE OR DELETE ON learning_statement
    FOR EACH ROW EXECUTE FUNCTION learning_statement_is_append_only();
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS learning_statement_append_only BEFORE UPDATE ON learning_statement
BEGIN
    SELECT RAISE(ABORT, 'learning_statement is append-only: void a wrong statement by another one');
END
"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_table = " ON learning_statement" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS learning_statement_append_only{on_table}")


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_records_and_duties")]

    operations = [migrations.RunPython(guard, unguard)]
