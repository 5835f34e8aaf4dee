from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0006_seal'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentCrossCheck',
            fields=[
                ('check_uuid', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('post', models.CharField(blank=True, max_length=32)),
                ('said', models.JSONField()),
            ],
        ),
    ]
