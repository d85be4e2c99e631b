from django.apps import AppConfig


class OverviewAppConfig(AppConfig):
    name = "samloft.overview"
    label = "overview"
