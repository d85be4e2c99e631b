"""The addresses of this app; all of them carry the slug of a programme."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.plans.views import budget_lines, imports, plan_measures, plan_page, plan_sections, plans

app_name = "plans"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    # Reading a plan from a file
    path("imports/", imports.plan_import_list, name="plan_imports"),
    path("imports/<int:pk>/", imports.plan_import, name="plan_import"),
    path("imports/<int:pk>/discard/", imports.plan_import_discard, name="plan_import_discard"),
    # The action plans, and the plan of a year
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:year>/", plan_page.plan, name="plan"),
    path("plans/<int:year>/document.<slug:ending>", plan_page.plan_document, name="plan_document"),
    path("plans/<int:year>/carry-forward/", plans.plan_carry, name="plan_carry"),
    path("plans/<int:year>/frame/", plans.plan_frame, name="plan_frame"),
    path("plans/<int:year>/texts/<slug:key>/", plan_sections.plan_section, name="plan_section"),
    path("plans/<int:year>/texts/<slug:key>/<int:focus_area>/", plan_sections.plan_section, name="plan_section"),
    path("plans/<int:year>/parts/<int:pk>/", plan_sections.plan_part, name="plan_part"),
    path("plans/<int:year>/goal-fit/", plan_sections.plan_goal_fit_draft, name="plan_goal_fit_draft"),
    path("plans/<int:year>/measures/add/", plan_measures.plan_measure_add, name="plan_measure_add"),
    path("plans/<int:year>/measures/<int:pk>/", plan_measures.plan_measure, name="plan_measure"),
    path("plans/<int:year>/measures/<int:pk>/move/", plan_measures.plan_measure_move, name="plan_measure_move"),
    path(
        "plans/<int:year>/measures/<int:pk>/remove/",
        plan_measures.plan_measure_remove,
        name="plan_measure_remove",
    ),
    path("plans/<int:year>/lines/new/", budget_lines.plan_line_new, name="plan_line_new"),
    path("plans/<int:year>/lines/<int:pk>/", budget_lines.plan_line, name="plan_line"),
    path("plans/<int:year>/lines/<int:pk>/split/", budget_lines.plan_line_split, name="plan_line_split"),
    path("plans/<int:year>/lines/<int:pk>/remove/", budget_lines.plan_line_remove, name="plan_line_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("programmes/<slug:slug>/", include(in_programme))]
