import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0005_held_versions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='quizentry',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.itemversion'),
        ),
    ]
