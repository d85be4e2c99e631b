"""The addresses of this app; all of them carry the slug of a programme."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.plans.views import (
    budget_lines,
    comparisons,
    follow_up,
    goal_coverage,
    goal_national,
    imports,
    measure_parts,
    measure_phase_in,
    measures,
    plan_check,
    plan_measures,
    plan_page,
    plan_sections,
    plan_steps,
    plans,
)

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
    # Measures
    path("measures/", measures.measures, name="measures"),
    path("measures/measures.<slug:ending>", measures.measures_file, name="measures_file"),
    path("measures/new/", measures.measure_new, name="measure_new"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<int:pk>/close/", measures.measure_close, name="measure_close"),
    path("measures/<int:pk>/delete/", measures.measure_delete, name="measure_delete"),
    # What hangs on a measure
    path("measures/<int:pk>/goals/", measure_parts.measure_goals_edit, name="measure_goals_edit"),
    path("measures/<int:pk>/partners/new/", measure_parts.measure_partner_new, name="measure_partner_new"),
    path("partners/<int:pk>/", measure_parts.measure_partner, name="measure_partner"),
    path("partners/<int:pk>/remove/", measure_parts.measure_partner_remove, name="measure_partner_remove"),
    path("measures/<int:pk>/origins/new/", measure_parts.measure_origin_new, name="measure_origin_new"),
    path("origins/<int:pk>/", measure_parts.measure_origin, name="measure_origin"),
    path("origins/<int:pk>/remove/", measure_parts.measure_origin_remove, name="measure_origin_remove"),
    path("measures/<int:pk>/answers/new/", measure_parts.measure_answer_new, name="measure_answer_new"),
    path("answers/<int:pk>/", measure_parts.measure_answer, name="measure_answer"),
    path("answers/<int:pk>/remove/", measure_parts.measure_answer_remove, name="measure_answer_remove"),
    path("follow-up/follow-up.<slug:ending>", follow_up.follow_up_file, name="follow_up_file"),
    path("follow-up/<int:pk>/answer/", measure_parts.measure_point_answer, name="measure_point_answer"),
    path("former-names/<int:pk>/remove/", measure_parts.measure_name_remove, name="measure_name_remove"),
    # How measures and money meet the goals
    path("goals/coverage/", goal_coverage.goal_coverage, name="goal_coverage"),
    path("goals/coverage/coverage.<slug:ending>", goal_coverage.goal_coverage_file, name="goal_coverage_file"),
    # What answers the state's goals
    path("goals/national/", goal_national.goal_national, name="goal_national"),
    path("goals/national/national.<slug:ending>", goal_national.goal_national_file, name="goal_national_file"),
    path("goals/national/<int:pk>/", goal_national.goal_national_link, name="goal_national_link"),
    path("goals/national/carry/<int:year>/", goal_national.goal_national_carry, name="goal_national_carry"),
    # The way out of the programme
    path("measures/<int:pk>/exit-plan/", measure_phase_in.measure_exit_plan, name="measure_exit_plan"),
    path("measures/<int:pk>/ladder/", measure_phase_in.measure_ladder, name="measure_ladder"),
    path("measures/<int:pk>/accept-gaps/", measure_phase_in.measure_gap_accept, name="measure_gap_accept"),
    path("accepted-gaps/<int:pk>/reopen/", measure_phase_in.measure_gap_reopen, name="measure_gap_reopen"),
    path("phase-in/", measure_phase_in.measures_phase_in, name="measures_phase_in"),
    # The plan's way through decisions
    path("plans/<int:year>/recommend/", plan_steps.plan_recommend, name="plan_recommend"),
    path("plans/<int:year>/adopt/", plan_steps.plan_adopt, name="plan_adopt"),
    path("plans/<int:year>/dispatch/", plan_steps.plan_dispatch, name="plan_dispatch"),
    path("plans/<int:year>/answer/", plan_steps.plan_answer, name="plan_answer"),
    path("plans/<int:year>/send-back/", plan_steps.plan_send_back, name="plan_send_back"),
    path("plans/<int:year>/revise/", plan_steps.plan_revise, name="plan_revise"),
    # The plan check, and two versions side by side
    path("plans/<int:year>/check/", plan_check.plan_check, name="plan_check"),
    path("plans/<int:year>/check/set-aside/", plan_check.finding_override, name="finding_override"),
    path("plans/<int:year>/check/set-aside/<int:pk>/", plan_check.finding_restore, name="finding_restore"),
    path("compare/", comparisons.compare, name="compare"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("programmes/<slug:slug>/", include(in_programme))]
