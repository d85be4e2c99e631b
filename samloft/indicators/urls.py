"""The addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.indicators.views import baselines, catalogue, goal_targets

app_name = "indicators"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
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
    # What the sub-goals aim at
    path("goals/<int:pk>/targets/new/", goal_targets.goal_target_new, name="goal_target_new"),
    path(
        "goals/<int:pk>/targets/new/<slug:key>/<int:area>/", goal_targets.goal_target_add, name="goal_target_add"
    ),
    path("targets/<int:pk>/", goal_targets.goal_target, name="goal_target"),
    path("targets/<int:pk>/remove/", goal_targets.goal_target_remove, name="goal_target_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:slug>/", include(in_programme)),
    # The catalogue, for those who operate the installation
    path("operate/indicators/", catalogue.catalogue, name="catalogue"),
    path("operate/indicators/indicators.<slug:ending>", catalogue.catalogue_file, name="catalogue_file"),
    path("operate/indicators/new/", catalogue.catalogue_new, name="catalogue_new"),
    path("operate/indicators/<slug:key>/", catalogue.catalogue_entry, name="catalogue_entry"),
    path("operate/indicators/<slug:key>/edit/", catalogue.catalogue_edit, name="catalogue_edit"),
]
