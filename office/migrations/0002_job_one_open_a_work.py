# One open job a work: two clicks at the same moment give one job.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='work_key',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running']), models.Q(('work_key', ''), _negated=True)), fields=('work_key',), name='job_one_open_a_work'),
        ),
    ]
