"""Enters what is missing of the demo, one programme at a time, all or nothing."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from samloft.plans.demo import mysen_plan, programmes
from samloft.plans.demo.people import People, gather
from samloft.programmes.actions import editions
from samloft.programmes.models import Edition, Programme


def enter_all() -> list[str]:
    """The slugs of the programmes that were made now. Programmes that are there are left as they are."""
    with transaction.atomic():
        people = gather()
        programmes.enter_national_goals(people)
    made = []
    for slug, enter in _PROGRAMMES.items():
        if not Programme.objects.filter(slug=slug).exists():
            with transaction.atomic():
                enter(people)
            made.append(slug)
    return made


def _mysen(people: People) -> None:
    started, goals, school_meals = programmes.enter_mysen(people)
    plan = mysen_plan.enter(
        programme=started.programme,
        goals=goals,
        national_goals=programmes.enter_national_goals(people),
        school_meal_decision=school_meals,
        director=started.bodies["Kommunedirektøren i Indre Østfold"],
        council=started.bodies["Kommunestyret i Indre Østfold"],
        leader=people["leader"],
        director_user=people["director"],
        secretary=people["secretary"],
    )
    edition = Edition.objects.get(programme=plan.programme, period=plan.year)
    editions.publish(edition=edition, on=timezone.localdate(), by=people["leader"])


_PROGRAMMES: dict[str, Callable[[People], object]] = {
    "mysen": _mysen,
    "fredrikstad": programmes.enter_fredrikstad,
    "oslo-sor": programmes.enter_oslo_sor,
    "ostfold": programmes.enter_ostfold,
}
