"""Every address. What is not used is not routed."""

from django.urls import include, path
from django.views.i18n import set_language

from samloft.accounts.middleware import public
from samloft.config import gallery, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("components/", gallery.components, name="components"),
    path("language/", public(set_language), name="set_language"),
    path("colours/", views.set_colour_mode, name="set_colour_mode"),
    path("", include("samloft.accounts.urls")),
    path("", include("samloft.programmes.urls")),
    path("", include("samloft.indicators.urls")),
    path("", include("samloft.plans.urls")),
    path("", include("samloft.overview.urls")),
]

handler400 = "samloft.config.views.bad_request"
handler403 = "samloft.config.views.forbidden"
handler404 = "samloft.config.views.not_found"
handler500 = "samloft.config.views.server_error"
