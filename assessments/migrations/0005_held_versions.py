"""Quizzes and the pages behind them name the version of each question. What is asked on this day stays asked."""

import django.db.models.deletion
from django.db import migrations, models


def hold_what_is_asked(apps, schema_editor):
    newest = models.Subquery(
        apps.get_model("assessments", "Item")
        .objects.filter(pk=models.OuterRef("item_id"))
        .values("current_id")[:1]
    )
    entries = apps.get_model("assessments", "QuizEntry").objects
    entries.filter(item__current__isnull=True).delete()
    entries.update(version_id=newest)
    apps.get_model("assessments", "QuizPageItem").objects.update(version_id=newest)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0004_page_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='quizentry',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.itemversion'),
        ),
        migrations.AddField(
            model_name='quizpageitem',
            name='version',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.itemversion'),
        ),
        migrations.RunPython(hold_what_is_asked, migrations.RunPython.noop),
    ]
