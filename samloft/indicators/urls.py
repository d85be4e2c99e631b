"""The addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.indicators.views import goal_targets

app_name = "indicators"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    # What the sub-goals aim at
    path("goals/<int:pk>/targets/new/", goal_targets.goal_target_new, name="goal_target_new"),
    path(
        "goals/<int:pk>/targets/new/<slug:key>/<int:area>/", goal_targets.goal_target_add, name="goal_target_add"
    ),
    path("targets/<int:pk>/", goal_targets.goal_target, name="goal_target"),
    path("targets/<int:pk>/remove/", goal_targets.goal_target_remove, name="goal_target_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("programmes/<slug:slug>/", include(in_programme))]
