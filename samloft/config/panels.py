"""Which apps add a piece to which page. The page says where with `{% panels "plans.measure" measure %}`.

A place that ends in `.notes` has one piece for each of many records; see `core/panels.py`.
"""

PANELS: dict[str, tuple[str, ...]] = {
    "accounts.my_account": ("samloft.overview.panels.account_choices",),
    "programmes.thread": (
        "samloft.indicators.panels.thread_need",
        "samloft.plans.panels.thread_measures",
    ),
    "programmes.programme": (
        "samloft.indicators.panels.programme_map",
        "samloft.plans.panels.programme_measures",
    ),
    "programmes.published": ("samloft.indicators.panels.published_figures",),
    "programmes.goals": ("samloft.plans.panels.goals_coverage",),
    "programmes.goals.notes": ("samloft.plans.panels.goal_notes", "samloft.indicators.panels.goal_notes"),
    "programmes.goal": ("samloft.indicators.panels.goal_page_targets", "samloft.plans.panels.goal_page_measures"),
    "programmes.agreement": ("samloft.plans.panels.agreement_points",),
    "programmes.points.notes": ("samloft.plans.panels.point_notes",),
    "programmes.follow_up": ("samloft.plans.panels.follow_up_answers",),
    "programmes.edition": ("samloft.plans.panels.edition_steps",),
}
