"""Whether the figure itself counts people or households was told by how the unit was spelt; now it is said."""

from django.db import migrations, models

SHARES = ("%", "‰", "per 1 000", "per 100 000")
OTHER_THINGS = ("timer", "kr", "kroner")


def say_what_counts_people(apps, schema_editor):
    """What adds up counts people unless the unit is hours or money; and so do the units that say it."""
    others = apps.get_model("indicators", "Indicator").objects.exclude(unit__in=(*SHARES, *OTHER_THINGS))
    adds_up = models.Q(aggregation__in=("sum", "last"))
    others.filter(adds_up | models.Q(unit__in=("personer", "antall", "husholdninger"))).update(counts_people=True)


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0011_when_rankings_know_a_delivery'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='counts_people',
            field=models.BooleanField(default=False, verbose_name='the figure is a number of people or households'),
        ),
        migrations.RunPython(say_what_counts_people, migrations.RunPython.noop),
    ]
