from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0007_cross_check'),
    ]

    operations = [
        migrations.AddField(
            model_name='chipreading',
            name='page',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='chipreading',
            name='zone_picture',
            field=models.BinaryField(null=True),
        ),
    ]
