from django.apps import AppConfig


class IndicatorsAppConfig(AppConfig):
    name = "samloft.indicators"
    label = "indicators"
