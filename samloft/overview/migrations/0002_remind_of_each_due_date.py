from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("overview", "0001_feeds_notices_and_visits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="before",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last visit"),
        ),
        migrations.AddField(
            model_name="notice",
            name="due_on",
            field=models.DateField(null=True, verbose_name="due"),
        ),
        migrations.RunPython(lambda apps, editor: _fill(apps), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="notice",
            name="due_on",
            field=models.DateField(verbose_name="due"),
        ),
        migrations.RemoveConstraint(model_name="notice", name="notice_once"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("occurrence", "due_on", "days_before", "user"), name="notice_once"
            ),
        ),
    ]


def _fill(apps):  # type: ignore[no-untyped-def]
    """What has been sent was about the due date of then, which is still the occurrence's own."""
    notices = apps.get_model("overview", "Notice").objects
    for notice in notices.select_related("occurrence").iterator():
        if notice.occurrence.due_on is None:
            notice.delete()
        else:
            notices.filter(pk=notice.pk).update(due_on=notice.occurrence.due_on)
