"""The addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from samloft.overview.views import calendar_feeds, deadlines, my_page, notices, year_wheel

app_name = "overview"

# One block for each feature; a name is that of its view.
in_programme: list[URLPattern | URLResolver] = [
    path("year-wheel/", year_wheel.year_wheel, name="year_wheel"),
    path("year-wheel/deadlines.<slug:ending>", year_wheel.year_wheel_file, name="year_wheel_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("my-page/", my_page.my_page, name="my_page"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/deadlines.<slug:ending>", deadlines.deadlines_file, name="deadlines_file"),
    # how one follows along
    path("calendars/", calendar_feeds.calendars, name="calendars"),
    path("calendars/<int:pk>/revoke/", calendar_feeds.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", calendar_feeds.calendar_file, name="calendar_file"),
    path("account/notices/", notices.notices, name="notices"),
    path("programmes/<slug:slug>/", include(in_programme)),
]
