"""The addresses of this app; all of them carry the slug of a programme."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "plans"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [path("programmes/<slug:slug>/", include(in_programme))]
