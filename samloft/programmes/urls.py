"""The addresses of this app: a programme's own under its slug, and the public ones."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.programmes.views import editions

app_name = "programmes"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    # editions
    path("editions/", editions.editions, name="editions"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/document.<slug:ending>", editions.edition_file, name="edition_file"),
    path("editions/<int:pk>/publish/", editions.edition_publish, name="edition_publish"),
    path("editions/<int:pk>/withdraw/", editions.edition_withdraw, name="edition_withdraw"),
]

urlpatterns: list[URLPattern | URLResolver] = [
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
