"""The addresses of this app; all of them carry the slug of a programme."""

from django.urls import URLPattern, URLResolver

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = []
