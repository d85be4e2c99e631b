"""The addresses of this app: a programme's own under its slug, and the public ones."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.programmes.views import (
    agreement_parts,
    agreement_terms,
    agreements,
    bodies,
    decision_rights,
    decisions,
    description_chapters,
    description_steps,
    editions,
    files,
    focus_areas,
    goals,
    municipalities,
    national_goals,
    obligations,
    operator_programmes,
    organisations,
    overarching_plans,
    programme_descriptions,
    programmes,
    proofs,
    seats,
    uptakes,
    users,
    written_answers,
)

app_name = "programmes"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    # the programme itself
    path("", programmes.programme, name="programme"),
    path("edit/", programmes.programme_edit, name="programme_edit"),
    # focus areas and sub-programmes
    path("focus-areas/", focus_areas.focus_areas, name="focus_areas"),
    path("focus-areas/new/", focus_areas.focus_area_new, name="focus_area_new"),
    path("focus-areas/<int:pk>/edit/", focus_areas.focus_area_edit, name="focus_area_edit"),
    path("focus-areas/<int:pk>/move/", focus_areas.focus_area_move, name="focus_area_move"),
    path("focus-areas/<int:pk>/remove/", focus_areas.focus_area_remove, name="focus_area_remove"),
    # agreements
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:agreement_pk>/parties/new/", agreement_parts.party_new, name="party_new"),
    path("parties/<int:pk>/edit/", agreement_parts.party_edit, name="party_edit"),
    path("parties/<int:pk>/remove/", agreement_parts.party_remove, name="party_remove"),
    path("agreements/<int:agreement_pk>/related/new/", agreement_parts.related_new, name="related_new"),
    path("related/<int:pk>/edit/", agreement_parts.related_edit, name="related_edit"),
    path("related/<int:pk>/remove/", agreement_parts.related_remove, name="related_remove"),
    path("agreements/<int:agreement_pk>/conditions/new/", agreement_parts.condition_new, name="condition_new"),
    path("conditions/<int:pk>/edit/", agreement_parts.condition_edit, name="condition_edit"),
    path("conditions/<int:pk>/remove/", agreement_parts.condition_remove, name="condition_remove"),
    path(
        "agreements/<int:agreement_pk>/reservations/new/", agreement_parts.reservation_new, name="reservation_new"
    ),
    path("reservations/<int:pk>/edit/", agreement_parts.reservation_edit, name="reservation_edit"),
    path("reservations/<int:pk>/remove/", agreement_parts.reservation_remove, name="reservation_remove"),
    path("agreements/<int:agreement_pk>/extend/", agreement_terms.agreement_extend, name="agreement_extend"),
    path("agreements/<int:agreement_pk>/end/", agreement_terms.agreement_end, name="agreement_end"),
    path("extensions/<int:pk>/withdraw/", agreement_terms.extension_withdraw, name="extension_withdraw"),
    path("end-reviews/<int:pk>/withdraw/", agreement_terms.end_review_withdraw, name="end_review_withdraw"),
    # what the parties owe, and what shows that it was done
    path("agreements/<int:agreement_pk>/obligations/new/", obligations.obligation_new, name="obligation_new"),
    path(
        "agreements/<int:agreement_pk>/obligations.<slug:ending>",
        obligations.obligations_file,
        name="obligations_file",
    ),
    path("obligations/<int:pk>/", obligations.obligation, name="obligation"),
    path("obligations/<int:pk>/edit/", obligations.obligation_edit, name="obligation_edit"),
    path("obligations/<int:pk>/remove/", obligations.obligation_remove, name="obligation_remove"),
    path("occurrences/<int:pk>/proof/new/", proofs.proof_new, name="proof_new"),
    path("occurrences/<int:pk>/proof/accept/", proofs.proof_accept, name="proof_accept"),
    path("occurrences/<int:pk>/deviation/new/", proofs.deviation_new, name="deviation_new"),
    path("deviations/<int:pk>/withdraw/", proofs.deviation_withdraw, name="deviation_withdraw"),
    path("proofs/<int:pk>/withdraw/", proofs.proof_withdraw, name="proof_withdraw"),
    # the programme description: the document, its chapters, and its way through decisions
    path("description/", programme_descriptions.programme_description, name="programme_description"),
    path("description/start/", programme_descriptions.description_start, name="description_start"),
    path("description/compare/", programme_descriptions.description_compare, name="description_compare"),
    path(
        "description/document.<slug:ending>",
        programme_descriptions.description_document,
        name="description_document",
    ),
    path(
        "description/chapters/new/", description_chapters.description_chapter_new, name="description_chapter_new"
    ),
    path("description/chapters/<int:pk>/", description_chapters.description_chapter, name="description_chapter"),
    path(
        "description/chapters/<int:pk>/move/",
        description_chapters.description_chapter_move,
        name="description_chapter_move",
    ),
    path(
        "description/chapters/<int:pk>/remove/",
        description_chapters.description_chapter_remove,
        name="description_chapter_remove",
    ),
    path("description/recommend/", description_steps.description_recommend, name="description_recommend"),
    path("description/adopt/", description_steps.description_adopt, name="description_adopt"),
    path("description/dispatch/", description_steps.description_dispatch, name="description_dispatch"),
    path("description/answer/", description_steps.description_answer, name="description_answer"),
    path("description/send-back/", description_steps.description_send_back, name="description_send_back"),
    path("description/revise/", description_steps.description_revise, name="description_revise"),
    # goals
    path("goals/", goals.goals, name="goals"),
    path("goals/goals.<slug:ending>", goals.goals_file, name="goals_file"),
    path("goals/new/", goals.goal_new, name="goal_new"),
    path("goals/adopt/", goals.goals_adopt, name="goals_adopt"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/edit/", goals.goal_edit, name="goal_edit"),
    path("goals/<int:pk>/move/", goals.goal_move, name="goal_move"),
    path("goals/<int:pk>/agree/", goals.goal_agree, name="goal_agree"),
    path("goals/<int:pk>/reopen/", goals.goal_reopen, name="goal_reopen"),
    path("goals/<int:pk>/remove/", goals.goal_remove, name="goal_remove"),
    # the plans that it builds on
    path("overarching-plans/", overarching_plans.overarching_plans, name="overarching_plans"),
    path("overarching-plans/new/", overarching_plans.overarching_plan_new, name="overarching_plan_new"),
    path("overarching-plans/choose/", overarching_plans.overarching_plan_choose, name="overarching_plan_choose"),
    path("overarching-plans/<int:pk>/", overarching_plans.overarching_plan, name="overarching_plan"),
    path(
        "overarching-plans/<int:pk>/edit/", overarching_plans.overarching_plan_edit, name="overarching_plan_edit"
    ),
    path(
        "overarching-plans/<int:pk>/leave/",
        overarching_plans.overarching_plan_leave,
        name="overarching_plan_leave",
    ),
    path(
        "overarching-plans/<int:pk>/goals/new/",
        overarching_plans.overarching_goal_new,
        name="overarching_goal_new",
    ),
    path("overarching-plans/<int:pk>/uptake/new/", overarching_plans.uptake_new, name="uptake_new"),
    path(
        "overarching-goals/<int:pk>/edit/", overarching_plans.overarching_goal_edit, name="overarching_goal_edit"
    ),
    path(
        "overarching-goals/<int:pk>/remove/",
        overarching_plans.overarching_goal_remove,
        name="overarching_goal_remove",
    ),
    path("uptake/<int:pk>/remove/", overarching_plans.uptake_remove, name="uptake_remove"),
    # bodies, seats and who decides what
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/<int:pk>/edit/", bodies.body_edit, name="body_edit"),
    path("bodies/<int:pk>/remove/", bodies.body_remove, name="body_remove"),
    path("roles/", bodies.roles, name="roles"),
    path("seats/new/", seats.seat_new, name="seat_new"),
    path("seats/<int:pk>/edit/", seats.seat_edit, name="seat_edit"),
    path("seats/<int:pk>/end/", seats.seat_end, name="seat_end"),
    path("decision-rights/", decision_rights.decision_rights, name="decision_rights"),
    path("decision-rights/new/", decision_rights.decision_right_new, name="decision_right_new"),
    path("decision-rights/<int:pk>/edit/", decision_rights.decision_right_edit, name="decision_right_edit"),
    path(
        "decision-rights/<int:pk>/remove/",
        decision_rights.decision_right_remove,
        name="decision_right_remove",
    ),
    # decisions and what they ask to have followed up
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<int:decision_pk>/points/new/", decisions.point_new, name="point_new"),
    path("points/<int:pk>/edit/", decisions.point_edit, name="point_edit"),
    path("points/<int:pk>/remove/", decisions.point_remove, name="point_remove"),
    path("points/<int:pk>/answer/", written_answers.written_answer_new, name="written_answer_new"),
    path("answers-in-words/<int:pk>/edit/", written_answers.written_answer_edit, name="written_answer_edit"),
    path("answers-in-words/<int:pk>/remove/", written_answers.written_answer_remove, name="written_answer_remove"),
    path("follow-up/", decisions.follow_up, name="follow_up"),
    # uploaded files
    path("files/<int:pk>/", files.file, name="file"),
    # editions
    path("editions/", editions.editions, name="editions"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/document.<slug:ending>", editions.edition_file, name="edition_file"),
    path("editions/<int:pk>/publish/", editions.edition_publish, name="edition_publish"),
    path("editions/<int:pk>/withdraw/", editions.edition_withdraw, name="edition_withdraw"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("national-goals/", national_goals.national_goals, name="national_goals"),
    path("national-goals/new/", national_goals.national_goal_new, name="national_goal_new"),
    path("national-goals/<int:pk>/edit/", national_goals.national_goal_edit, name="national_goal_edit"),
    path("national-goals/<int:pk>/remove/", national_goals.national_goal_remove, name="national_goal_remove"),
    path("uptake-in-plans/", uptakes.uptakes, name="uptakes"),
    path("uptake-in-plans/uptake-in-plans.<slug:ending>", uptakes.uptakes_file, name="uptakes_file"),
    # what belongs to the installation and no programme
    path("operate/programmes/", operator_programmes.operator_programmes, name="operator_programmes"),
    path("operate/programmes/new/", operator_programmes.programme_new, name="programme_new"),
    path(
        "operate/programmes/<int:pk>/leader/",
        operator_programmes.programme_leader_new,
        name="programme_leader_new",
    ),
    path("operate/organisations/", organisations.organisations, name="organisations"),
    path("operate/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("operate/organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path("operate/municipalities/", municipalities.municipalities, name="municipalities"),
    path("operate/municipalities/new/", municipalities.municipality_new, name="municipality_new"),
    path("operate/municipalities/<int:pk>/edit/", municipalities.municipality_edit, name="municipality_edit"),
    path("operate/counties/<int:pk>/edit/", municipalities.county_edit, name="county_edit"),
    path("operate/municipalities/<int:pk>/logo/", municipalities.municipality_logo, name="municipality_logo"),
    path(
        "operate/municipalities/<int:pk>/logo/remove/",
        municipalities.municipality_logo_remove,
        name="municipality_logo_remove",
    ),
    path(
        "operate/municipalities/<int:pk>/logo/file/",
        municipalities.municipality_logo_file,
        name="municipality_logo_file",
    ),
    path("operate/people/", users.users, name="users"),
    path("operate/people/<int:pk>/close/", users.user_close, name="user_close"),
    path("operate/people/<int:pk>/open/", users.user_open, name="user_open"),
    path("programmes/<slug:slug>/", include(in_programme)),
    # published documents, for everyone
    path("published/", editions.published, name="published"),
    path("published/<slug:slug>/<slug:kind>/<int:year>/", editions.published_edition, name="published_edition"),
    path(
        "published/<slug:slug>/<slug:kind>/<int:year>/document.<slug:ending>",
        editions.published_file,
        name="published_file",
    ),
]
