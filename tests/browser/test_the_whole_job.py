"""The job of a year, from a file to two editions side by side, with the keyboard alone.

The demo's Mysen reads a plan for 2028, works on it and takes it all the way. Only the system's own file dialog
cannot be driven: the field is reached by keyboard, and the file is put into it.
"""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from samloft.plans.demo.entry import enter_all
from samloft.plans.models import ActionPlan, SectionKey
from samloft.programmes.models import DocumentState, Edition
from tests.browser.keyboard import Keyboard

LEADER = "Programleder i Mysen"
DIRECTOR = "Kommunedirektør i Indre Østfold"
SECRETARY = "Politisk sekretariat i Indre Østfold"
ADVISER = "Rådgiver i departementet"
PLAN = "/programmes/mysen/plans/2028/"
# One amount can be read in two ways, and has to be written.
FILE = """# Handlingsplan 2028

| Tiltak | Beløp |
|---|---|
| Nattåpen idrettshall | 400 000 |
| Reparasjonsverksted | 1.250 |
| Korps for alle | 300 000 |
| Sum | 1 950 000 |
"""


def plan() -> ActionPlan:
    return ActionPlan.objects.get(programme__slug="mysen", year=2028)


def read_the_file(page: Page, keys: Keyboard) -> None:
    keys.follow(f'a[href="{PLAN.removesuffix("plans/2028/")}"]')
    keys.follow('a[href="/programmes/mysen/goals/"]')
    keys.follow('a[href="/programmes/mysen/plans/"]')
    keys.follow('main a[href="/programmes/mysen/imports/"]')
    keys.write("#id_year", "2028")
    keys.reach("#id_file").set_input_files(
        {"name": "plan-2028.md", "mimeType": "text/markdown", "buffer": FILE.encode()}
    )
    keys.press("form.upload button[type=submit]")
    # The tests read the file at once, in a process of its own.
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"), timeout=60_000)
    expect(page.locator(".import-lines tbody tr")).to_have_count(3)
    keys.write(".needs-choice input[name$=-amount]", "1 250 000")
    keys.follow("button[name=keep]")
    expect(page.locator(".needs-choice")).to_have_count(0)
    keys.press("#id_problems_seen", "Space")
    keys.follow("button[name=accept]")
    expect(page).to_have_url(re.compile(f"{PLAN}$"))
    expect(page.locator("#budget-total")).to_contain_text("1 950 000")


def work_on_the_plan(page: Page, keys: Keyboard) -> None:
    introduction = plan().sections.get(key=SectionKey.INTRODUCTION)
    keys.press(f'a[href="{PLAN}texts/introduction/"]')
    keys.write(f"#section-{introduction.pk}-text", "Dette er året da vi fullfører.")
    keys.press(f"#editor-section-{introduction.pk} button[type=submit]")
    expect(page.locator("#introduction")).to_contain_text("året da vi fullfører")
    expect(page.locator(".part-editor")).to_have_count(0)

    keys.press(f'#measure-new a[href^="{PLAN}measures/add/"]')
    keys.write("#editor-measure-new [name=name]", "Sommerjobb")
    keys.press("#editor-measure-new button[type=submit]")
    expect(page.locator(".paper")).to_contain_text("Sommerjobb")
    expect(page.locator(".part-editor")).to_have_count(0)

    item = plan().plan_measures.get(measure__name="Sommerjobb")
    keys.press(f'a[href="{PLAN}lines/new/"]')
    keys.choose("#editor-line-new [name=pays_for]", f"measure-{item.pk}")
    keys.write("#editor-line-new [name=amount]", "150 000")
    keys.choose("#editor-line-new [name=source]", "programme_grant")
    keys.press("#editor-line-new button[type=submit]")
    expect(page.locator("#budget-total")).to_contain_text("2 100 000")

    keys.press(f'a[href="{PLAN}frame/"]')
    keys.press("#editor-frame [name=kind]:checked", "ArrowDown")
    keys.write("#editor-frame [name=amount]", "2 000 000")
    keys.write("#editor-frame [name=source]", "Kommunal- og distriktsdepartementet")
    keys.press("#editor-frame button[type=submit]")
    expect(page.locator("#editor-frame")).to_have_count(0)
    expect(page.locator("#plan-totals")).to_contain_text("2 000 000")


def set_a_finding_aside(page: Page, keys: Keyboard) -> None:
    group = page.locator("#plan-check details.plan-finding-group").first
    keys.press(group.locator("summary").first)
    form = group.locator("details.plan-override").first
    keys.press(form.locator("summary"))
    keys.write(form.locator("textarea"), "Avklart med departementet i møtet i mars.")
    with page.expect_response("**/check/set-aside/"):
        keys.press(form.locator("button"))
    page.wait_for_load_state("networkidle")
    assert plan().overrides.get().reason == "Avklart med departementet i møtet i mars."


def record(
    page: Page, keys: Keyboard, step: str, state: DocumentState, *, shown: str = PLAN, **choices: str
) -> None:
    """From the own page, which leads to the step or to what is shown with it, to the recorded step."""
    keys.follow(f'main a[href^="{shown}"]')
    if not page.url.endswith(f"/{step}/"):
        keys.follow(f'main a[href="{PLAN}{step}/"]')
    keys.date("#id_decided_on", timezone.localdate())
    for name, value in choices.items():
        keys.choose(f"[name={name}]", value)
    keys.follow("main form.form button[type=submit]")
    expect(page.locator("#messages .ds-alert")).to_be_visible()
    assert plan().state == state


def recommend_and_adopt(page: Page, keys: Keyboard) -> None:
    for role, step, state in (
        (DIRECTOR, "recommend", DocumentState.RECOMMENDED),
        (SECRETARY, "adopt", DocumentState.ADOPTED),
    ):
        keys.become(role)
        record(page, keys, step, state)


def test_a_plan_goes_from_a_file_to_two_editions_by_keyboard_alone(page: Page, transactional_db: None) -> None:
    enter_all()
    keys = Keyboard(page)
    page.goto("/")
    keys.enter_as(LEADER)
    read_the_file(page, keys)
    work_on_the_plan(page, keys)
    set_a_finding_aside(page, keys)
    recommend_and_adopt(page, keys)

    keys.become(LEADER)
    record(page, keys, "dispatch", DocumentState.DISPATCHED)

    first = Edition.objects.get(programme__slug="mysen", period=2028, number=1)
    keys.become(ADVISER)
    record(page, keys, "answer", DocumentState.ANSWERED, shown=first.get_absolute_url(), kind="taken_note")

    keys.become(LEADER)
    keys.follow('a[href="/programmes/mysen/"]')
    keys.follow('a[href="/programmes/mysen/decisions/"]')
    keys.follow('a[href="/programmes/mysen/editions/"]')
    keys.follow(f'main a[href="{first.get_absolute_url()}"]')
    expect(page.locator(".document-frame")).to_contain_text("2 100 000")
    with page.expect_download() as download:
        keys.press('a[href*="document.pdf"]')
    assert download.value.path().read_bytes().startswith(b"%PDF")

    keys.follow('a[href="/programmes/mysen/goals/"]')
    keys.follow('a[href="/programmes/mysen/plans/"]')
    keys.follow(f'main a[href="{PLAN}"]')
    keys.follow(f'main a[href="{PLAN}revise/"]')
    keys.write("#id_reason", "Korpset får mindre.")
    keys.follow("main form.form button[type=submit]")
    line = plan().lines.get(name="Korps for alle")
    keys.press(f'a[href="{PLAN}lines/{line.pk}/"]')
    keys.write(f"#line-{line.pk}-amount", "200 000")
    keys.press(f"#editor-line-{line.pk} button[type=submit]")
    expect(page.locator("#budget-total")).to_contain_text("2 000 000")
    recommend_and_adopt(page, keys)

    second = Edition.objects.get(programme__slug="mysen", period=2028, number=2)
    keys.follow('main a[href^="/programmes/mysen/compare/"]')
    keys.choose("#left", f"edition-{first.pk}")
    keys.choose("#right", f"edition-{second.pk}")
    keys.follow(".comparison-choice button")
    korps = page.locator("tr", has_text="Korps for alle")
    expect(korps).to_contain_text("300 000")
    expect(korps).to_contain_text("200 000")
