"""The addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.indicators.views import (
    area_indicators,
    area_register,
    areas,
    baselines,
    catalogue,
    comparison_areas,
    goal_targets,
    imports,
    outlines,
    overlaps,
    published_figures,
    rankings,
    releases,
    statistics_banks,
    statistics_fetches,
)
from samloft.indicators.views.imports import at_programme, for_everybody
from samloft.programmes.access import Permission

app_name = "indicators"
FIGURE_EDIT = Permission.FIGURE_EDIT

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    # The areas in figures; an area's word in the address is its code
    path("areas/", areas.areas, name="areas"),
    path("areas.<str:ending>", areas.areas_file, name="areas_file"),
    path("areas/overlap/", overlaps.area_overlap, name="area_overlap"),
    path("areas/overlap.<str:ending>", overlaps.area_overlap_file, name="area_overlap_file"),
    path("areas/ranking/", rankings.area_rankings, name="area_rankings"),
    path("areas/ranking/<slug:key>/", rankings.area_ranking, name="area_ranking"),
    path("areas/ranking/<slug:key>.<str:ending>", rankings.area_ranking_file, name="area_ranking_file"),
    path("areas/outlines/", at_programme(outlines.outlines_new, FIGURE_EDIT), name="outlines_new"),
    path("areas/outlines/<int:pk>/", at_programme(outlines.outlines_page, FIGURE_EDIT), name="outlines"),
    path(
        "areas/outlines/<int:pk>/discard/",
        at_programme(outlines.outlines_discard, FIGURE_EDIT),
        name="outlines_discard",
    ),
    path("areas/<str:code>/", areas.area, name="area"),
    path("areas/<str:code>/shares.svg", areas.area_chart, name="area_chart"),
    path("areas/<str:code>/compare/", comparison_areas.area_compare, name="area_compare"),
    path("areas/<str:code>/figures.<str:ending>", areas.area_file, name="area_file"),
    path("areas/<str:code>/<slug:key>/", area_indicators.area_indicator, name="area_indicator"),
    path(
        "areas/<str:code>/<slug:key>/<str:which>.svg",
        area_indicators.area_indicator_chart,
        name="area_indicator_chart",
    ),
    path(
        "areas/<str:code>/<slug:key>/series.<str:ending>",
        area_indicators.area_indicator_file,
        name="area_indicator_file",
    ),
    # Baselines
    path("baselines/", baselines.baselines, name="baselines"),
    path("baselines/new/", baselines.baseline_new, name="baseline_new"),
    path("baselines/<int:pk>/", baselines.baseline, name="baseline"),
    path("baselines/<int:pk>/document.<slug:ending>", baselines.baseline_document, name="baseline_document"),
    path("baselines/<int:pk>/figures.<slug:ending>", baselines.baseline_file, name="baseline_file"),
    path("baselines/<int:pk>/since/", baselines.baseline_since, name="baseline_since"),
    path("baselines/<int:pk>/edit/", baselines.baseline_edit, name="baseline_edit"),
    path("baselines/<int:pk>/freeze/", baselines.baseline_freeze, name="baseline_freeze"),
    path("baselines/<int:pk>/discard/", baselines.baseline_discard, name="baseline_discard"),
    # Publishing figures
    path("published-figures/", releases.releases, name="releases"),
    path("published-figures/new/", releases.release_new, name="release_new"),
    path("published-figures/new/<slug:key>/", releases.release_prepare, name="release_prepare"),
    path("published-figures/<int:pk>/withdraw/", releases.release_withdraw, name="release_withdraw"),
    # What the sub-goals aim at
    path("goals/<int:pk>/targets/new/", goal_targets.goal_target_new, name="goal_target_new"),
    path(
        "goals/<int:pk>/targets/new/<slug:key>/<int:area>/", goal_targets.goal_target_add, name="goal_target_add"
    ),
    path("targets/<int:pk>/", goal_targets.goal_target, name="goal_target"),
    path("targets/<int:pk>/remove/", goal_targets.goal_target_remove, name="goal_target_remove"),
]

# Figures from files: the same pages at a programme's desk, and at that of those who operate the installation.
in_programme += [
    path("statistics/", at_programme(imports.statistics), name="statistics"),
    path("statistics.<slug:ending>", at_programme(imports.statistics_list_file), name="statistics_list_file"),
    path("statistics/<int:pk>/", at_programme(imports.statistics_import), name="statistics_import"),
    path("statistics/<int:pk>/accept/", at_programme(imports.statistics_accept), name="statistics_accept"),
    path("statistics/<int:pk>/resume/", at_programme(imports.statistics_resume), name="statistics_resume"),
    path("statistics/<int:pk>/withdraw/", at_programme(imports.statistics_withdraw), name="statistics_withdraw"),
    path("statistics/<int:pk>/file/", at_programme(imports.statistics_file), name="statistics_file"),
    path("statistics/fetch/", at_programme(statistics_fetches.fetch_new), name="statistics_fetch_new"),
    path("statistics/fetch/<int:pk>/", at_programme(statistics_fetches.fetch), name="statistics_fetch"),
    path(
        "statistics/fetch/<int:pk>/resume/",
        at_programme(statistics_fetches.fetch_resume),
        name="statistics_fetch_resume",
    ),
    path(
        "statistics/fetch/<int:pk>/discard/",
        at_programme(statistics_fetches.fetch_discard),
        name="statistics_fetch_discard",
    ),
]
in_operation: list[URLPattern | URLResolver] = [
    path("", for_everybody(imports.statistics), name="operator_statistics"),
    path("files.<slug:ending>", for_everybody(imports.statistics_list_file), name="operator_statistics_list_file"),
    path("<int:pk>/", for_everybody(imports.statistics_import), name="operator_statistics_import"),
    path("<int:pk>/accept/", for_everybody(imports.statistics_accept), name="operator_statistics_accept"),
    path("<int:pk>/resume/", for_everybody(imports.statistics_resume), name="operator_statistics_resume"),
    path("<int:pk>/withdraw/", for_everybody(imports.statistics_withdraw), name="operator_statistics_withdraw"),
    path("<int:pk>/file/", for_everybody(imports.statistics_file), name="operator_statistics_file"),
    path("fetch/", for_everybody(statistics_fetches.fetch_new), name="operator_statistics_fetch_new"),
    path("fetch/<int:pk>/", for_everybody(statistics_fetches.fetch), name="operator_statistics_fetch"),
    path(
        "fetch/<int:pk>/resume/",
        for_everybody(statistics_fetches.fetch_resume),
        name="operator_statistics_fetch_resume",
    ),
    path(
        "fetch/<int:pk>/discard/",
        for_everybody(statistics_fetches.fetch_discard),
        name="operator_statistics_fetch_discard",
    ),
    path("banks/", statistics_banks.statistics_banks, name="statistics_banks"),
    path("banks/new/", statistics_banks.statistics_bank_new, name="statistics_bank_new"),
    path("banks/<int:pk>/", statistics_banks.statistics_bank, name="statistics_bank"),
]

# Open to everyone
open_to_all: list[URLPattern | URLResolver] = [
    path("", published_figures.published_figures, name="published_figures"),
    path("<slug:key>/", published_figures.published_figure, name="published_figure"),
    path(
        "<slug:key>/figures.<slug:ending>", published_figures.published_figure_file, name="published_figure_file"
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:slug>/", include(in_programme)),
    path("published/<slug:slug>/figures/", include(open_to_all)),
    path("operate/statistics/", include(in_operation)),
    # The areas that figures are about, for those who operate the installation
    path("operate/areas/", area_register.operator_areas, name="operator_areas"),
    path("operate/areas/areas.<slug:ending>", area_register.operator_areas_file, name="operator_areas_file"),
    path("operate/areas/new/", area_register.operator_area_new, name="operator_area_new"),
    path("operate/areas/outlines/", for_everybody(outlines.outlines_new), name="operator_outlines_new"),
    path("operate/areas/outlines/<int:pk>/", for_everybody(outlines.outlines_page), name="operator_outlines"),
    path(
        "operate/areas/outlines/<int:pk>/discard/",
        for_everybody(outlines.outlines_discard),
        name="operator_outlines_discard",
    ),
    path("operate/areas/<int:pk>/", area_register.operator_area, name="operator_area"),
    path("operate/areas/<int:pk>/edit/", area_register.operator_area_edit, name="operator_area_edit"),
    path("operate/areas/<int:pk>/became/", area_register.operator_area_became, name="operator_area_became"),
    path(
        "operate/areas/successions/<int:pk>/remove/",
        area_register.operator_area_never_became,
        name="operator_area_never_became",
    ),
    # The catalogue, for those who operate the installation
    path("operate/indicators/", catalogue.catalogue, name="catalogue"),
    path("operate/indicators/indicators.<slug:ending>", catalogue.catalogue_file, name="catalogue_file"),
    path("operate/indicators/new/", catalogue.catalogue_new, name="catalogue_new"),
    path("operate/indicators/<slug:key>/", catalogue.catalogue_entry, name="catalogue_entry"),
    path("operate/indicators/<slug:key>/edit/", catalogue.catalogue_edit, name="catalogue_edit"),
]
