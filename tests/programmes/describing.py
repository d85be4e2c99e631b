"""A programme description for the cast's programme, made through the same actions as the pages use."""

from dataclasses import dataclass
from datetime import date

from samloft.programmes.actions import description_chapters, goals, programme_descriptions, steps
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.steps import DispatchValues, StepDecision
from samloft.programmes.models import (
    Channel,
    ChapterKey,
    DecisionRight,
    DescriptionChapter,
    Edition,
    GoalLevel,
    GoalTrack,
    ProgrammeDescription,
    Step,
)
from tests.cast import Cast

ADOPTED_ON = date(2025, 2, 11)
TEXTS = {
    ChapterKey.INTRODUCTION: "Dette er programmet.",
    ChapterKey.STRATEGIES: "Vi prøver ut sammen med innbyggerne.",
    ChapterKey.ORGANISATION: "Programstyret leder arbeidet.",
    ChapterKey.IMPLEMENTATION: "Hvert år lager vi en handlingsplan.",
    ChapterKey.EVALUATION: "Programmet evalueres underveis og til slutt.",
}


@dataclass
class Described:
    """A description with every required chapter written, and a body for each step but the recommendation."""

    cast: Cast
    description: ProgrammeDescription

    def fresh(self) -> ProgrammeDescription:
        return ProgrammeDescription.objects.get(pk=self.description.pk)

    def chapter(self, key: ChapterKey) -> DescriptionChapter:
        return self.description.chapters.get(key=key)

    def edition(self) -> Edition:
        return self.description.editions().latest("number")


def rights(cast: Cast) -> None:
    for step, body in (
        (Step.ADOPT_DESCRIPTION, cast.council),
        (Step.DISPATCH_DESCRIPTION, cast.management),
        (Step.ANSWER_DESCRIPTION, cast.ministry),
    ):
        DecisionRight.objects.create(programme=cast.programme, step=step, body=body)


def start(cast: Cast) -> Described:
    """A description with nothing in it."""
    rights(cast)
    return Described(cast, programme_descriptions.start(programme=cast.programme, by=cast.programme_leader))


def make(cast: Cast) -> Described:
    described = start(cast)
    by = cast.programme_leader
    main = goals.add(programme=cast.programme, values=GoalValues("Et godt sted å bo", GoalLevel.MAIN), by=by)
    overall = goals.add(
        programme=cast.programme,
        values=GoalValues("Barn vokser opp trygt", GoalLevel.OVERALL, "", main, cast.focus_areas[0]),
        by=by,
    )
    for track, text in (
        (GoalTrack.RESIDENT, "Flere leser godt"),
        (GoalTrack.ORGANISATIONAL, "Skole og bibliotek samarbeider"),
    ):
        goals.add(programme=cast.programme, values=GoalValues(text, GoalLevel.SUB, track, overall), by=by)
    for key, text in TEXTS.items():
        description_chapters.write(chapter=described.chapter(key), text=text, version=None, by=by)
    return described


def recommending(cast: Cast) -> None:
    """Let the board recommend the description."""
    DecisionRight.objects.create(programme=cast.programme, step=Step.RECOMMEND_DESCRIPTION, body=cast.board)


def adopt(described: Described, *, on: date | None = ADOPTED_ON) -> ProgrammeDescription:
    cast = described.cast
    return programme_descriptions.adopt(
        description=described.description,
        decision=StepDecision(body=cast.council, decided_on=on, case_number="25/7"),
        by=cast.secretary,
    )


def dispatch(described: Described) -> ProgrammeDescription:
    """Adopt and send to the ministry."""
    cast = described.cast
    adopt(described)
    return steps.dispatch(
        document=described.description,
        decision=StepDecision(body=cast.management, decided_on=date(2025, 2, 20)),
        sending=DispatchValues(
            recipient=cast.ministry, sent_on=date(2025, 2, 20), channel=Channel.EMAIL, receipt="25/99"
        ),
        by=cast.programme_leader,
    )
