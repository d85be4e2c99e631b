"""Mysen's programme description, adopted by the council on 11 February 2025.

That it was adopted, when and by whom, and what the council asked to have considered, is known; when it was
finished or sent is not, so it stands at adopted. Its wording is not known either: the chapters are told in our
own words from what the agreement and the plan for 2026 say.
"""

from datetime import date

from samloft.accounts.models import User
from samloft.programmes.actions import description_chapters, programme_descriptions
from samloft.programmes.actions.decisions import FollowUpPointValues
from samloft.programmes.actions.steps import StepDecision
from samloft.programmes.models import Body, ChapterKey, Decision, Programme

CHAPTERS: dict[ChapterKey, str] = {
    ChapterKey.INTRODUCTION: (
        "Staten og Indre Østfold kommune samarbeider om en ekstra innsats i Mysen fra 2024 til 2028. Kommunens "
        "levekårskartlegging fra 2022 viser at flere utfordringer opptrer samtidig i sentrumsnære soner: mange "
        "leier bolig, mange er alene med barn, og mange er uten arbeid eller har kort utdanning. Slike "
        "utfordringer henger sammen, og ingen tjeneste løser dem alene.\n\n"
        "Beskrivelsen gjelder hele perioden. Sammen med avtalen og de årlige handlingsplanene er den det som "
        "styrer områdeløftet.\n\n"
        "Ordlyden i dokumentet som kommunestyret vedtok, er ikke kjent her. Kapitlene er skrevet ut fra avtalen "
        "og handlingsplanen for 2026."
    ),
    ChapterKey.GOALS: (
        "Målene bygger på kommunens egne planer. Levekår og samskaping er satsingsområder i kommuneplanens "
        "samfunnsdel, og oppvekstplanen og boligplanen har et felles delmål om å motvirke sosiale forskjeller."
    ),
    ChapterKey.FOCUS_AREAS: "Kommunestyret vedtok innsatsområdene 23. april 2024. De gjelder hele perioden.",
    ChapterKey.STRATEGIES: (
        "Vi vil nå målene på to måter samtidig: ved å mobilisere ressursene i området og ved å utvikle tjenestene "
        "og stedet. Det betyr at vi\n\n"
        "- arbeider på tvers av sektorer og forvaltningsnivåer\n"
        "- ser statlige og kommunale virkemidler i sammenheng\n"
        "- prøver ut nye tiltak og arbeidsformer, og skriver ned hva vi lærer\n"
        "- gir frivilligheten, næringslivet og innbyggerne en tydelig plass"
    ),
    ChapterKey.ORGANISATION: (
        "Programledelsen deles av to rådgivere som til sammen fyller én stilling. Hvordan samarbeidet mellom "
        "staten og kommunen skal organiseres, avklares i dialog med departementet."
    ),
    ChapterKey.IMPLEMENTATION: (
        "Hvert år lager kommunen en handlingsplan med budsjett, som legges fram for departementet og brukes når "
        "staten vurderer tilskuddet. Rammene avklares i de årlige budsjettene. Tilskuddet går ikke til ordinær "
        "drift; tiltak som virker, skal etter hvert over i kommunens egne rammer."
    ),
    ChapterKey.EVALUATION: (
        "Kommunen gjennomfører en sluttevaluering av områdeløftet. Erfaringer og arbeidsformer dokumenteres "
        "underveis, slik at andre kommuner og bydeler kan ha nytte av dem."
    ),
}


def enter(*, programme: Programme, council: Body, leader: User, secretary: User) -> Decision:
    """Write the chapters and adopt them; the decision in which the council asked about school meals."""
    description = programme_descriptions.start(programme=programme, by=leader)
    for chapter in description.chapters.all():
        if text := CHAPTERS.get(ChapterKey(chapter.key)):
            description_chapters.write(chapter=chapter, text=text, version=None, by=leader)
    programme_descriptions.adopt(
        description=description,
        decision=StepDecision(
            body=council,
            decided_on=date(2025, 2, 11),
            wording="Programbeskrivelsen ble vedtatt.",
            follow_up_points=(
                FollowUpPointValues("Vurdere skolefrokost som et framtidig tiltak i handlingsplanen."),
                FollowUpPointValues(
                    "Vurdere om innbyggere som trenger tilrettelagt arbeid, kan hjelpe til med frokosten."
                ),
            ),
        ),
        by=secretary,
    )
    return description.editions().get().decision
