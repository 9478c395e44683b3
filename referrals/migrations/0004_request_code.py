"""A code on each request for information. Requests made before have none and stay without."""

from django.db import migrations, models

import referrals.models.timeline


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0003_report_queued"),
    ]

    operations = [
        migrations.AddField(
            model_name="inforequest",
            name="code",
            field=models.CharField(blank=True, default="", editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name="historicalinforequest",
            name="code",
            field=models.CharField(blank=True, default="", editable=False, max_length=8),
        ),
        migrations.AlterField(
            model_name="inforequest",
            name="code",
            field=models.CharField(
                blank=True,
                default=referrals.models.timeline.new_request_code,
                editable=False,
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="historicalinforequest",
            name="code",
            field=models.CharField(
                blank=True,
                default=referrals.models.timeline.new_request_code,
                editable=False,
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="inforequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("organization", "code"),
                name="one_request_per_code",
            ),
        ),
    ]
